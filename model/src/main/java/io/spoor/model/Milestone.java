package io.spoor.model;

/** The moments of a request's way that its story is told by, in the order in which they are meant to happen. */
public enum Milestone {
    WEBHOOK_RECEIVED("webhook.received"),
    WEBHOOK_RELAYED("webhook.relayed"),
    TRIGGERS_MATCHED("triggers.matched"),
    RUN_STARTED("run.started"),
    JOB_DISPATCHED("job.dispatched"),
    JOB_STARTED("job.started"),
    JOB_COMPLETED("job.completed"),
    RUN_COMPLETED("run.completed"),
    CHECKRUN_UPDATED("checkrun.updated");

    private final String text;

    Milestone(String text) {
        this.text = text;
    }

    /** The milestone as it is written in lines, answers and settings. */
    public String text() {
        return text;
    }

    /** Reads what {@link #text()} writes; throws {@link IllegalArgumentException} for anything else. */
    public static Milestone ofText(String text) {
        for (Milestone milestone : values()) {
            if (milestone.text.equals(text)) {
                return milestone;
            }
        }
        throw new IllegalArgumentException("Not a milestone: " + text);
    }
}
