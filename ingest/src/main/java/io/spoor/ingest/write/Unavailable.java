package io.spoor.ingest.write;

import org.jspecify.annotations.Nullable;

/** Nothing can be promised about a shipment, since Kafka is away or too slow. Repeating it later is safe. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
