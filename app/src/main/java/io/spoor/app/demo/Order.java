package io.spoor.app.demo;

import org.jspecify.annotations.Nullable;

/**
 * A run to be played.
 *
 * @param provider {@code github} or {@code local}, as KiCI names it
 * @param requestId null where a schedule started the run
 * @param routingKey null where a schedule started the run
 */
record Order(
        Workflow workflow,
        Ending ending,
        Source orchestrator,
        String provider,
        @Nullable String requestId,
        @Nullable String routingKey) {

    boolean hasCheckRuns() {
        return provider.equals("github");
    }
}
