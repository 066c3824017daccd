package io.spoor.model.run;

import io.spoor.model.fact.JobState;
import io.spoor.model.fact.Outcome;
import io.spoor.model.fact.WaitingJob;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run as a reader is told of it, derived from what is known at one moment. Times are epoch milliseconds.
 *
 * @param queuedAt the first sign of the run
 * @param startedAt when the orchestrator created the execution, or the first job began where nothing says so
 * @param durationMs as the orchestrator measured it, else from start to end, never negative
 * @param queueMs from the first sign to the start
 */
public record RunView(
        String runId,
        @Nullable String workflow,
        @Nullable String routingKey,
        RunStatus status,
        long queuedAt,
        @Nullable Long startedAt,
        @Nullable Long endedAt,
        @Nullable Long durationMs,
        @Nullable Long queueMs,
        @Nullable String reason,
        List<JobView> jobs) {

    /** A job as a reader is told of it; {@code jobId} is null where only its name was ever printed. */
    public record JobView(
            @Nullable String jobId,
            @Nullable String name,
            RunStatus status,
            @Nullable String agentId,
            @Nullable Long queuedAt,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            @Nullable Long durationMs,
            @Nullable Long queueMs,
            @Nullable String error) {}

    /**
     * What is to be told of a run at one moment.
     *
     * @param now the moment to be told about, epoch milliseconds
     * @param lostAfter a run without an end and without a sign of life for this long is lost
     */
    public static RunView of(Run run, long now, Duration lostAfter) {
        Long startedAt = startOf(run);
        RunEnd end = run.end();
        return new RunView(
                run.runId(),
                valueOf(run.workflow()),
                valueOf(run.routingKey()),
                statusOf(run, now, lostAfter),
                run.first(),
                startedAt,
                end == null ? null : end.at(),
                end == null ? null : durationOf(measuredFor(run, end), startedAt, end.at()),
                startedAt == null ? null : Math.max(0, startedAt - run.first()),
                valueOf(run.reason()),
                jobsOf(run));
    }

    private static @Nullable Long startOf(Run run) {
        if (run.started() != null) {
            return run.started().at();
        }
        Long earliest = null;
        for (Job job : run.jobs().values()) {
            if (job.started() != null && (earliest == null || job.started().at() < earliest)) {
                earliest = job.started().at();
            }
        }
        RunEnd measured = run.measured();
        if (earliest != null || measured == null || measured.durationMs() == null) {
            return earliest;
        }
        return measured.at() - measured.durationMs();
    }

    /** What the stale detector measured says nothing about a run that ended in another way. */
    private static @Nullable Long measuredFor(Run run, RunEnd end) {
        RunEnd measured = run.measured();
        return measured == null || (end.isCertain() && !measured.isCertain()) ? null : measured.durationMs();
    }

    private static RunStatus statusOf(Run run, long now, Duration lostAfter) {
        if (run.end() != null) {
            return switch (run.end().outcome()) {
                case SUCCESS -> RunStatus.SUCCESS;
                case CANCELLED -> RunStatus.CANCELLED;
                case FAILED -> RunStatus.FAILED;
                case UNKNOWN -> RunStatus.UNKNOWN;
            };
        }
        if (now - run.last() > lostAfter.toMillis()) {
            return RunStatus.LOST;
        }
        if (run.live() != null) {
            return switch (run.live().value()) {
                case QUEUED, HELD -> anyJobStarted(run) ? RunStatus.RUNNING : RunStatus.QUEUED;
                case RUNNING, CANCELLING -> RunStatus.RUNNING;
            };
        }
        return anyJobStarted(run) ? RunStatus.RUNNING : RunStatus.QUEUED;
    }

    private static boolean anyJobStarted(Run run) {
        return run.jobs().values().stream().anyMatch(job -> job.started() != null || job.end() != null);
    }

    /**
     * Jobs in the order in which they were first heard of. A dispatched job is printed with its name alone, and with its
     * id alone when it runs: names left over are given to ids left over in the order of dispatch, which is exact for one
     * such job (the usual case) and the best guess for several. A name left over after that is a job that never ran.
     */
    private static List<JobView> jobsOf(Run run) {
        Set<String> named = new HashSet<>();
        run.jobs().forEach((id, job) -> {
            if (job.name() != null && !WaitingJob.isWaiting(id)) {
                named.add(job.name().value());
            }
        });
        List<Map.Entry<String, Long>> names = new ArrayList<>(run.announced().entrySet());
        names.removeIf(name -> named.contains(name.getKey()));
        names.sort(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        Deque<Map.Entry<String, Long>> leftOver = new ArrayDeque<>(names);

        List<Map.Entry<String, Job>> ids = new ArrayList<>(run.jobs().entrySet());
        ids.sort(Comparator.comparingLong(
                        (Map.Entry<String, Job> e) -> e.getValue().seen())
                .thenComparing(Map.Entry.comparingByKey()));
        List<JobView> jobs = new ArrayList<>();
        for (Map.Entry<String, Job> entry : ids) {
            String id = entry.getKey();
            Job job = entry.getValue();
            if (WaitingJob.isWaiting(id)) {
                String name =
                        job.name() == null ? WaitingJob.nameIn(id) : job.name().value();
                if (!named.contains(name)) {
                    leftOver.removeIf(left -> left.getKey().equals(name));
                    jobs.add(viewOf(run, id, job, name, run.announced().get(name)));
                }
            } else if (job.name() != null) {
                String name = job.name().value();
                jobs.add(viewOf(run, id, job, name, run.announced().get(name)));
            } else {
                Map.Entry<String, Long> given = leftOver.poll();
                jobs.add(viewOf(
                        run, id, job, given == null ? null : given.getKey(), given == null ? null : given.getValue()));
            }
        }
        for (Map.Entry<String, Long> name : leftOver) {
            RunStatus status = run.end() == null
                    ? RunStatus.QUEUED
                    : run.end().outcome() == Outcome.CANCELLED ? RunStatus.CANCELLED : RunStatus.SKIPPED;
            jobs.add(new JobView(null, name.getKey(), status, null, name.getValue(), null, null, null, null, null));
        }
        return jobs;
    }

    private static JobView viewOf(Run run, String id, Job job, @Nullable String name, @Nullable Long announced) {
        Long startedAt = job.started() == null ? null : job.started().at();
        Long endedAt = job.end() == null ? null : job.end().at();
        long queuedAt = announced == null ? job.seen() : Math.min(announced, job.seen());
        return new JobView(
                id,
                name,
                statusOf(run, job),
                valueOf(job.agentId()),
                queuedAt,
                startedAt,
                endedAt,
                endedAt == null ? null : durationOf(valueOf(job.durationMs()), startedAt, endedAt),
                startedAt == null ? null : Math.max(0, startedAt - queuedAt),
                valueOf(job.error()));
    }

    /** A job that was still alive when its run ended has ended with it, and nobody said how. */
    private static RunStatus statusOf(Run run, Job job) {
        JobState state = job.end() != null
                ? job.end().value()
                : job.live() != null ? job.live().value() : JobState.QUEUED;
        return switch (state) {
            case SUCCESS -> RunStatus.SUCCESS;
            case SKIPPED -> RunStatus.SKIPPED;
            case CANCELLED -> RunStatus.CANCELLED;
            case FAILED, TIMED_OUT -> RunStatus.FAILED;
            case UNKNOWN -> RunStatus.UNKNOWN;
            case QUEUED ->
                job.started() != null
                        ? whileAlive(run, RunStatus.RUNNING, RunStatus.LOST)
                        : whileAlive(run, RunStatus.QUEUED, RunStatus.SKIPPED);
            case RUNNING, RECOVERING, CANCELLING -> whileAlive(run, RunStatus.RUNNING, RunStatus.LOST);
        };
    }

    private static RunStatus whileAlive(Run run, RunStatus alive, RunStatus afterwards) {
        return run.end() == null ? alive : endOfUnfinished(run.end(), afterwards);
    }

    private static RunStatus endOfUnfinished(RunEnd end, RunStatus otherwise) {
        return switch (end.outcome()) {
            case CANCELLED -> RunStatus.CANCELLED;
            case FAILED -> otherwise == RunStatus.LOST ? RunStatus.FAILED : otherwise;
            case SUCCESS, UNKNOWN -> otherwise;
        };
    }

    private static @Nullable Long durationOf(@Nullable Long measured, @Nullable Long startedAt, long endedAt) {
        if (measured != null && measured >= 0) {
            return measured;
        }
        return startedAt == null ? null : Long.valueOf(Math.max(0, endedAt - startedAt));
    }

    private static <T extends Comparable<T>> @Nullable T valueOf(@Nullable Said<T> said) {
        return said == null ? null : said.value();
    }
}
