package io.spoor.model.fact;

/** How a run ends, the worse later: of two ends at one instant the worse counts, so that arrival order never shows. */
public enum Outcome {
    /** A word that nobody knows yet. */
    UNKNOWN,
    SUCCESS,
    CANCELLED,
    FAILED
}
