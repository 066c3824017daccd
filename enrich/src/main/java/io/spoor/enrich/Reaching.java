package io.spoor.enrich;

import io.spoor.enrich.fact.FactReader;
import io.spoor.enrich.json.JsonScan;
import io.spoor.model.Milestone;
import io.spoor.model.fact.JobState;
import org.jspecify.annotations.Nullable;

/** Which milestone a message reaches: a fixed one, none, or the one that the line's state says. */
public enum Reaching {
    NONE("none", null),
    WEBHOOK_RECEIVED(Milestone.WEBHOOK_RECEIVED),
    WEBHOOK_RELAYED(Milestone.WEBHOOK_RELAYED),
    TRIGGERS_MATCHED(Milestone.TRIGGERS_MATCHED),
    RUN_STARTED(Milestone.RUN_STARTED),
    JOB_DISPATCHED(Milestone.JOB_DISPATCHED),
    JOB_STARTED(Milestone.JOB_STARTED),
    JOB_COMPLETED(Milestone.JOB_COMPLETED),
    RUN_COMPLETED(Milestone.RUN_COMPLETED),
    CHECKRUN_UPDATED(Milestone.CHECKRUN_UPDATED),
    /** A job line: started when it runs, completed when it has ended. */
    BY_JOB_STATE("by-job-state", null);

    private final String text;
    private final @Nullable Milestone milestone;

    Reaching(Milestone milestone) {
        this(milestone.text(), milestone);
    }

    Reaching(String text, @Nullable Milestone milestone) {
        this.text = text;
        this.milestone = milestone;
    }

    String text() {
        return text;
    }

    @Nullable
    Milestone of(JsonScan line) {
        if (this != BY_JOB_STATE) {
            return milestone;
        }
        JobState state = FactReader.jobState(line);
        return state == JobState.RUNNING ? Milestone.JOB_STARTED : state.isEnd() ? Milestone.JOB_COMPLETED : null;
    }
}
