package io.spoor.enrich.fact;

/** What a message tells of its run; in settings in lower case with dashes. */
public enum Telling {
    /** Nothing. */
    NONE,
    /** That the run exists, and how it is called. */
    RUN_SEEN,
    RUN_STARTED,
    RUN_RUNNING,
    RUN_CANCELLING,
    RUN_HELD,
    RUN_RESUMED,
    /** The run's own bookkeeping says that it is over, and how. */
    RUN_COMPLETED,
    /** The stale detector gave it up. */
    RUN_STALE,
    RUN_FAILED,
    RUN_CANCELLED,
    /** A job of this name is dispatched or waits; its id is not told. */
    JOB_ANNOUNCED,
    /** A job's name and id are told together. */
    JOB_NAMED,
    /** A job that waited has got its real id. */
    JOB_REPLACED,
    /** An agent takes the job. */
    JOB_ACCEPTED,
    /** The state that the line names. */
    JOB_STATE,
    JOB_STARTED,
    JOB_RECOVERING,
    JOB_FAILED
}
