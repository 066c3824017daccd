package io.spoor.model.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.Outcome;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An end of a run, as one fact told it. A run logs up to four: of these a {@link Change.Ending#STALE} one counts only where
 * there is no other; then the run's owner is believed before a line, the surer ending before the less sure, the latest
 * before the earlier, and at one instant the worse outcome, so that arrival order never shows.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEnd(
        Change.Ending ending,
        Fact.Source source,
        long at,
        Outcome outcome,
        @Nullable Long durationMs) {

    private static final Comparator<RunEnd> RANK = Comparator.comparing(RunEnd::isCertain)
            .thenComparing(RunEnd::source)
            .thenComparing(RunEnd::ending)
            .thenComparingLong(RunEnd::at)
            .thenComparing(RunEnd::outcome)
            .thenComparing(RunEnd::durationMs, Comparator.nullsFirst(Comparator.reverseOrder()));

    @JsonIgnore
    boolean isCertain() {
        return ending != Change.Ending.STALE;
    }

    /** The end that counts of the two. */
    static RunEnd counting(@Nullable RunEnd a, RunEnd b) {
        return a == null || RANK.compare(a, b) < 0 ? b : a;
    }
}
