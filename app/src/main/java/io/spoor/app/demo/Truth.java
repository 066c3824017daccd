package io.spoor.app.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a correct answer about made traffic has to say, a fold over the lines that were really sent.
 *
 * <p>One JSON object a run: {@code runId}, {@code requestIds} of its whole trace, {@code workflow}, {@code status} ({@code
 * success failed cancelled lost running queued}), {@code startedAt}, {@code endedAt}, {@code durationMs}, {@code jobs}
 * ({@code jobId name status startedAt endedAt}), and of the whole trace {@code lines} (distinct ones, by the closure over
 * {@code runId}, {@code requestId}, {@code jobId}) and {@code copies} (lines that are another one's forwarded copy). A trace
 * is told as soon as it is over and forgotten then, so that memory does not grow. Owned by one thread.
 */
public final class Truth {

    private final Map<Integer, TraceTruth> open = new HashMap<>();
    private final Consumer<String> told;
    private long finishedRuns;
    private @Nullable String example;
    private int interest = -1;

    /** @param told takes each run's JSON object */
    public Truth(Consumer<String> told) {
        this.told = told;
    }

    /** Learns that this line was sent. */
    public void accept(DemoLine line) {
        DemoLine.Effect effect = line.effect();
        if (effect == null) {
            return;
        }
        TraceTruth trace = open.computeIfAbsent(effect.trace(), number -> new TraceTruth());
        trace.count(effect.content());
        effect.fact().into(trace);
        if (effect.isLast()) {
            open.remove(effect.trace());
            tell(trace);
            remember(trace);
        }
    }

    /** Tells of the traces that are not over, as they stand. */
    public void finish() {
        List<TraceTruth> left = new ArrayList<>(new TreeMap<>(open).values());
        open.clear();
        left.forEach(this::tell);
    }

    /** A request whose story is over and worth reading. */
    public @Nullable String requestIdToTry() {
        return example;
    }

    long finishedRuns() {
        return finishedRuns;
    }

    private void tell(TraceTruth trace) {
        finishedRuns += trace.runIds().size();
        trace.json().forEach(told);
    }

    /** A fresh example is better than an old one of the same interest, a dull one never replaces a good one. */
    private void remember(TraceTruth trace) {
        String requestId = trace.firstRequestId();
        if (requestId != null && trace.interest() >= interest) {
            interest = trace.interest();
            example = requestId;
        }
    }
}
