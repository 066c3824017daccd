package io.spoor.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.RunState;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run: the state of the fold {@code (run, fact) → run}.
 *
 * <p>The fold is a join of a semilattice: any order and any repetition of the same facts gives the same run.
 *
 * @param first the earliest sign of the run, epoch milliseconds
 * @param last its latest sign of life
 * @param end the end that counts
 * @param measured the one that counts of the ends that say how long the run took; of the two lines that tell one end, only
 *     one does, and their times may differ
 * @param announced jobs by name with the time of their first mention, whether or not their ids are known
 * @param jobs jobs by id
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Run(
        String runId,
        long first,
        long last,
        SortedSet<String> requestIds,
        @Nullable Said<String> workflow,
        @Nullable Said<String> routingKey,
        @Nullable Said<Integer> started,
        @Nullable Said<RunState> live,
        @Nullable RunEnd end,
        @Nullable RunEnd measured,
        @Nullable Said<String> reason,
        SortedMap<String, Long> announced,
        SortedMap<String, Job> jobs) {

    /** KiCI's own bound on the jobs of a run; further ones are not kept one by one, so that a run stays one record. */
    static final int MAX_JOBS = 1_000;

    private static final int MAX_REQUEST_IDS = MAX_JOBS;

    public Run {
        requestIds = Collections.unmodifiableSortedSet(requestIds == null ? new TreeSet<>() : requestIds);
        announced = Collections.unmodifiableSortedMap(announced == null ? new TreeMap<>() : announced);
        jobs = Collections.unmodifiableSortedMap(jobs == null ? new TreeMap<>() : jobs);
    }

    /** The run before anything is known of it. */
    public static Run unseen(String runId) {
        return new Run(
                runId,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                new TreeSet<>(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>());
    }

    /** The run with one more fact known of it. */
    public Run with(Fact fact) {
        return new Run(
                runId,
                Math.min(first, fact.at()),
                Math.max(last, fact.at()),
                fact.requestId() == null ? requestIds : plus(requestIds, fact.requestId()),
                fact.workflow() == null ? workflow : Said.first(workflow, said(fact, fact.workflow())),
                fact.routingKey() == null ? routingKey : Said.first(routingKey, said(fact, fact.routingKey())),
                fact.change() instanceof Change.RunStarted start
                        ? Said.first(started, said(fact, start.jobCount() == null ? 0 : start.jobCount()))
                        : started,
                fact.change() instanceof Change.RunMoved moved ? Said.last(live, said(fact, moved.state())) : live,
                fact.change() instanceof Change.RunEnded ended ? RunEnd.counting(end, end(fact, ended)) : end,
                fact.change() instanceof Change.RunEnded ended && ended.durationMs() != null
                        ? RunEnd.counting(measured, end(fact, ended))
                        : measured,
                fact.change() instanceof Change.RunEnded ended && ended.reason() != null
                        ? Said.last(reason, said(fact, ended.reason()))
                        : reason,
                fact.change() instanceof Change.JobAnnounced job ? plus(announced, job.name(), fact.at()) : announced,
                jobsWith(fact));
    }

    private SortedMap<String, Job> jobsWith(Fact fact) {
        if (fact.change() instanceof Change.JobNamed named) {
            Job job = jobs.getOrDefault(named.jobId(), Job.UNSEEN);
            return plusJob(named.jobId(), job.named(fact, named.name()));
        }
        if (fact.change() instanceof Change.JobMoved moved) {
            Job job = jobs.getOrDefault(moved.jobId(), Job.UNSEEN);
            return plusJob(moved.jobId(), job.moved(fact, moved));
        }
        return jobs;
    }

    private SortedMap<String, Job> plusJob(String jobId, Job job) {
        SortedMap<String, Job> more = new TreeMap<>(jobs);
        more.put(jobId, job);
        if (more.size() > MAX_JOBS) {
            more.remove(more.lastKey()); // the same ones go whatever came first
        }
        return more;
    }

    private static RunEnd end(Fact fact, Change.RunEnded ended) {
        return new RunEnd(ended.ending(), fact.source(), fact.at(), ended.outcome(), ended.durationMs());
    }

    private static <T extends Comparable<T>> Said<T> said(Fact fact, T value) {
        return new Said<>(fact.source(), fact.at(), value);
    }

    private static SortedSet<String> plus(SortedSet<String> set, String value) {
        if (set.contains(value)) {
            return set;
        }
        SortedSet<String> more = new TreeSet<>(set);
        more.add(value);
        if (more.size() > MAX_REQUEST_IDS) {
            more.remove(more.last());
        }
        return more;
    }

    private static SortedMap<String, Long> plus(SortedMap<String, Long> map, String name, long at) {
        SortedMap<String, Long> more = new TreeMap<>(map);
        more.merge(name, at, Math::min);
        if (more.size() > MAX_JOBS) {
            more.remove(more.lastKey());
        }
        return more;
    }
}
