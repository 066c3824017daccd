package io.spoor.enrich.unwrap;

/** Where a line's time comes from, best first. */
public enum TimeSource {
    /** A member of the line itself. */
    OWN,
    /** What it was wrapped in, the innermost that tells. */
    ENVELOPE,
    /** The header of the door that took it in. */
    DOOR,
    /** The record's time: when the broker got it. */
    ARRIVAL
}
