package io.spoor.ingest.wire;

/** Which of the topics for untouched input a shipment is for. */
public enum RawTopic {
    LOGS,
    EVENTS,
    METRICS
}
