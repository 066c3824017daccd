package io.spoor.ingest.write;

import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.Shipment;

/** Where doors put what they took. */
@FunctionalInterface
public interface LineSink {
    /**
     * Keeps a shipment for good: returns when each of its lines, and each refused one as a dead letter, is acknowledged.
     *
     * @throws Unavailable when that is not certain; the shipper repeats everything then
     */
    void write(RawTopic topic, Shipment shipment) throws Unavailable;
}
