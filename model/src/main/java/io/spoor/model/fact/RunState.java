package io.spoor.model.fact;

/** The states of a run that has not ended, in the order in which a run goes through them. */
public enum RunState {
    QUEUED,
    HELD,
    RUNNING,
    CANCELLING
}
