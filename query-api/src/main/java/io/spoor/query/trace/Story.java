package io.spoor.query.trace;

import io.spoor.model.IdKind;
import io.spoor.model.Level;
import io.spoor.model.LineId;
import io.spoor.model.Milestone;
import io.spoor.model.run.Run;
import io.spoor.model.run.RunStatus;
import io.spoor.model.run.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a trace amounts to: its status, the moments it is told by, its tiers and its runs. */
record Story(
        long start,
        long end,
        RunStatus status,
        Set<String> requestIds,
        Set<String> routingKeys,
        Set<String> traceIds,
        List<Moment> moments,
        List<TierPart> tiers,
        List<RunView> runs,
        int errors) {

    /** A milestone that was reached. */
    record Moment(
            Milestone milestone,
            long at,
            String tier,
            @Nullable String runId,
            @Nullable String jobId,
            LineId lineId) {}

    /** A tier's part in the trace. */
    record TierPart(String tier, int lines, int errors, long first, long last) {}

    static Story of(Trace trace, long now, Duration lostAfter) {
        Set<String> requestIds = new LinkedHashSet<>();
        Set<String> routingKeys = new LinkedHashSet<>();
        Set<String> traceIds = new LinkedHashSet<>();
        Map<String, TierPart> tiers = new LinkedHashMap<>();
        int errors = 0;
        for (TraceLine line : trace.lines()) {
            addIfPresent(requestIds, line.text("requestId"));
            addIfPresent(routingKeys, line.text("routingKey"));
            addIfPresent(traceIds, line.text("traceId"));
            int error = line.stamp().level() == Level.ERROR ? 1 : 0;
            errors += error;
            long at = line.stamp().at();
            tiers.merge(
                    line.stamp().tier(),
                    new TierPart(line.stamp().tier(), 1, error, at, at),
                    (a, b) -> new TierPart(a.tier(), a.lines() + 1, a.errors() + error, a.first(), b.last()));
        }
        requestIds.addAll(trace.idsOf(IdKind.REQUEST));
        List<RunView> runs = new ArrayList<>();
        for (Run run : trace.runs()) {
            runs.add(RunView.of(run, now, lostAfter));
            addIfPresent(
                    routingKeys,
                    run.routingKey() == null ? null : run.routingKey().value());
        }
        runs.sort(Comparator.comparingLong(RunView::queuedAt).thenComparing(RunView::runId));
        return new Story(
                startOf(trace, runs),
                endOf(trace, runs),
                statusOf(runs),
                requestIds,
                routingKeys,
                traceIds,
                moments(trace),
                List.copyOf(tiers.values()),
                runs,
                errors);
    }

    private static void addIfPresent(Set<String> set, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            set.add(value);
        }
    }

    private static long startOf(Trace trace, List<RunView> runs) {
        return trace.lines().isEmpty()
                ? runs.stream().mapToLong(RunView::queuedAt).min().orElse(0)
                : trace.lines().get(0).stamp().at();
    }

    private static long endOf(Trace trace, List<RunView> runs) {
        if (!trace.lines().isEmpty()) {
            return trace.lines().get(trace.lines().size() - 1).stamp().at();
        }
        return runs.stream()
                .mapToLong(run -> run.endedAt() == null ? run.queuedAt() : run.endedAt())
                .max()
                .orElse(0);
    }

    /** What still happens comes before what has ended, and of ends the worst counts. */
    private static RunStatus statusOf(List<RunView> runs) {
        EnumSet<RunStatus> any = EnumSet.noneOf(RunStatus.class);
        runs.forEach(run -> any.add(run.status()));
        List<RunStatus> order = List.of(
                RunStatus.RUNNING,
                RunStatus.QUEUED,
                RunStatus.FAILED,
                RunStatus.LOST,
                RunStatus.CANCELLED,
                RunStatus.SUCCESS);
        return order.stream().filter(any::contains).findFirst().orElse(RunStatus.UNKNOWN);
    }

    /**
     * Each milestone once for each thing that reaches it. Several lines may tell of one: of ends the last counts, as it does
     * for the run, and of all others the first.
     */
    private static List<Moment> moments(Trace trace) {
        record Reached(
                Milestone milestone,
                @Nullable String runId,
                @Nullable String what) {}
        Map<Reached, Moment> moments = new LinkedHashMap<>();
        for (TraceLine line : trace.lines()) {
            Milestone milestone = line.stamp().milestone();
            if (milestone == null) {
                continue;
            }
            String runId = line.text("runId");
            String jobId = line.text("jobId");
            String job = line.text("job");
            Moment moment = new Moment(
                    milestone,
                    line.stamp().at(),
                    line.stamp().tier(),
                    runId,
                    jobId,
                    line.stamp().id());
            Reached reached = new Reached(milestone, runId, isOfRun(milestone) ? null : jobId != null ? jobId : job);
            if (milestone == Milestone.RUN_COMPLETED || milestone == Milestone.JOB_COMPLETED) {
                moments.put(reached, moment);
            } else {
                moments.putIfAbsent(reached, moment);
            }
        }
        List<Moment> inTime = new ArrayList<>(moments.values());
        inTime.sort(Comparator.comparingLong(Moment::at)
                .thenComparing(Moment::milestone)
                .thenComparing(Moment::lineId));
        return inTime;
    }

    private static boolean isOfRun(Milestone milestone) {
        return switch (milestone) {
            case JOB_DISPATCHED, JOB_STARTED, JOB_COMPLETED -> false;
            case WEBHOOK_RECEIVED, WEBHOOK_RELAYED, TRIGGERS_MATCHED, RUN_STARTED, RUN_COMPLETED, CHECKRUN_UPDATED ->
                true;
        };
    }
}
