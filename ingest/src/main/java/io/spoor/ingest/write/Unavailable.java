package io.spoor.ingest.write;

/** Nothing can be promised about a shipment, since Kafka is away or too slow. Repeating it later is safe. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
