package io.spoor.model.fact;

/**
 * The states of a job, KiCI's words folded into what a reader needs. {@link #UNKNOWN} stands for words nobody knows yet.
 * In the order in which a job goes through them; of two ends at one instant the later in this order counts.
 */
public enum JobState {
    UNKNOWN(false),
    QUEUED(false),
    RUNNING(false),
    RECOVERING(false),
    CANCELLING(false),
    SUCCESS(true),
    SKIPPED(true),
    CANCELLED(true),
    TIMED_OUT(true),
    FAILED(true);

    private final boolean end;

    JobState(boolean end) {
        this.end = end;
    }

    public boolean isEnd() {
        return end;
    }
}
