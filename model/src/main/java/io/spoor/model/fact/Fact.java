package io.spoor.model.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spoor.model.Id;
import org.jspecify.annotations.Nullable;

/**
 * One thing learnt about one run, from one line or message: the value of {@code spoor.runs}.
 *
 * @param at when it happened, epoch milliseconds, by the clock of whoever said it
 * @param runId the run
 * @param source who said it; the run's owner is believed before a line
 * @param requestId a request id that the same line carries, if any
 * @param workflow the workflow's name, if the line names it
 * @param routingKey the routing key, if the line names it
 * @param change what happened, or null where the line only names things
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fact(
        long at,
        String runId,
        Source source,
        @Nullable String requestId,
        @Nullable String workflow,
        @Nullable String routingKey,
        @Nullable Change change) {
    public Fact {
        if (runId == null || !Id.wellFormed(runId) || source == null) {
            throw new IllegalArgumentException("A fact without a run's id or without a source");
        }
    }

    /** Who said it, the more credible later. */
    public enum Source {
        LINE,
        MESSAGE
    }
}
