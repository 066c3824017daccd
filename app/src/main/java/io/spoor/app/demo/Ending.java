package io.spoor.app.demo;

import java.util.random.RandomGenerator;

/** How a run ends. */
enum Ending {
    SUCCESS,
    /** A step fails; what needs its job is skipped. */
    FAILED,
    /** Cancelled before an agent took its first job. */
    CANCELLED_IN_QUEUE,
    CANCELLED_WHILE_RUNNING,
    /** The lock file cannot be read: the run never starts. */
    INIT_FAILURE,
    /** An agent is killed; the run fails two minutes later, by time-out. */
    AGENT_KILLED,
    /** The orchestrator crashes, and nobody ever logs the end. */
    LOST;

    /** In the proportions of a healthy installation. */
    static Ending any(RandomGenerator random) {
        int percent = random.nextInt(100);
        if (percent < 86) {
            return SUCCESS;
        }
        if (percent < 94) {
            return FAILED;
        }
        return switch (percent) {
            case 94 -> CANCELLED_IN_QUEUE;
            case 95, 96 -> CANCELLED_WHILE_RUNNING;
            case 97 -> INIT_FAILURE;
            case 98 -> AGENT_KILLED;
            default -> LOST;
        };
    }
}
