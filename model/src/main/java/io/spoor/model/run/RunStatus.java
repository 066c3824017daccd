package io.spoor.model.run;

import java.util.Locale;

/** What a reader is told of a run, a job or a whole trace. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    SUCCESS,
    FAILED,
    CANCELLED,
    SKIPPED,
    LOST,
    UNKNOWN;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The status as it is written in answers. */
    public String text() {
        return text;
    }
}
