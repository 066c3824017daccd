package io.spoor.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import io.spoor.model.fact.Change;
import io.spoor.model.fact.Change.Ending;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.Fact.Source;
import io.spoor.model.fact.FactJson;
import io.spoor.model.fact.JobState;
import io.spoor.model.fact.Outcome;
import io.spoor.model.fact.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

class RunFoldTest {
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final long T = 1_773_311_400_000L;

    @Test
    void any_order_and_any_repetition_of_facts_gives_the_same_run() {
        qt().forAll(lists().of(facts()).ofSizeBetween(1, 12), longs().all()).checkAssert((facts, seed) -> {
            List<Fact> shuffled = new ArrayList<>(facts);
            shuffled.addAll(facts.subList(0, facts.size() / 2));
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(fold(shuffled)).isEqualTo(fold(facts));
        });
    }

    @Test
    void a_run_and_a_fact_survive_their_json() {
        qt().forAll(lists().of(facts()).ofSizeBetween(1, 12)).checkAssert(facts -> {
            assertThat(RunJson.read(RunJson.write(fold(facts)))).isEqualTo(fold(facts));
            assertThat(FactJson.read(FactJson.write(facts.get(0)))).isEqualTo(facts.get(0));
        });
    }

    @Test
    void of_four_ends_the_latest_plain_one_counts_and_its_duration_with_it() {
        RunView view = view(
                fact(0, new Change.RunStarted(3)),
                fact(4837, ended(Outcome.FAILED, Ending.PLAIN, 4824L)),
                fact(4837, ended(Outcome.FAILED, Ending.PLAIN, null)),
                fact(4851, ended(Outcome.FAILED, Ending.PLAIN, 4767L)),
                fact(4852, ended(Outcome.FAILED, Ending.PLAIN, null)));

        assertThat(view.status()).isEqualTo(RunStatus.FAILED);
        assertThat(view.durationMs()).isEqualTo(4767);
        assertThat(view.endedAt()).isEqualTo(T + 4852);
    }

    @Test
    void the_stale_detector_loses_to_any_other_end_whatever_its_time() {
        RunView view = view(
                fact(10, ended(Outcome.SUCCESS, Ending.PLAIN, 9L)),
                fact(900_000, ended(Outcome.FAILED, Ending.STALE, 900_000L)));

        assertThat(view.status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(view.durationMs()).isEqualTo(9);
    }

    @Test
    void a_run_cancelled_while_queued_is_cancelled_and_never_started() {
        RunView view = view(
                fact(0, new Change.JobAnnounced("lint")),
                fact(50, new Change.RunEnded(Outcome.CANCELLED, Ending.NOTED, null, "user request")));

        assertThat(view.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(view.startedAt()).isNull();
        assertThat(view.durationMs()).isNull();
        assertThat(view.reason()).isEqualTo("user request");
        assertThat(view.jobs()).singleElement().satisfies(job -> {
            assertThat(job.name()).isEqualTo("lint");
            assertThat(job.status()).isEqualTo(RunStatus.CANCELLED);
        });
    }

    @Test
    void a_name_and_an_id_left_over_are_one_job() {
        RunView view = view(
                fact(0, new Change.JobAnnounced("lint")),
                fact(1, new Change.JobAnnounced("test")),
                fact(2, moved("j1", JobState.RUNNING)),
                fact(3, new Change.JobNamed("j2", "test")),
                fact(9, moved("j1", JobState.SUCCESS)));

        assertThat(view.jobs()).extracting(RunView.JobView::jobId).containsExactly("j1", "j2");
        assertThat(view.jobs()).extracting(RunView.JobView::name).containsExactly("lint", "test");
        assertThat(view.jobs().get(0).durationMs()).isEqualTo(7);
        assertThat(view.jobs().get(1).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void a_job_that_waited_in_vain_is_skipped_once_its_run_has_ended() {
        RunView view = view(
                fact(0, new Change.JobAnnounced("report")),
                fact(5, moved("j1", JobState.FAILED)),
                fact(1, new Change.JobNamed("j1", "unit")),
                fact(6, ended(Outcome.FAILED, Ending.PLAIN, 6L)));

        assertThat(view.jobs()).extracting(RunView.JobView::name).containsExactly("unit", "report");
        assertThat(view.jobs().get(1).status()).isEqualTo(RunStatus.SKIPPED);
    }

    @Test
    void a_run_without_a_sign_of_life_for_long_is_lost_and_comes_back_with_one() {
        Run run = fold(List.of(fact(0, new Change.RunStarted(1)), fact(5, moved("j1", JobState.RUNNING))));

        assertThat(RunView.of(run, T + 1000, SIX_HOURS).status()).isEqualTo(RunStatus.RUNNING);
        long later = T + SIX_HOURS.toMillis() + 6;
        assertThat(RunView.of(run, later, SIX_HOURS).status()).isEqualTo(RunStatus.LOST);
        Run back = run.with(new Fact(later, "r", Source.LINE, null, null, null, new Change.RunMoved(RunState.RUNNING)));
        assertThat(RunView.of(back, later, SIX_HOURS).status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void the_owner_of_a_run_is_believed_before_its_lines() {
        RunView view = view(
                fact(9, ended(Outcome.FAILED, Ending.PLAIN, 9L)),
                new Fact(T + 8, "r", Source.MESSAGE, null, "ci", null, ended(Outcome.SUCCESS, Ending.PLAIN, 7L)),
                new Fact(T, "r", Source.LINE, null, "not ci", null, null));

        assertThat(view.status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(view.durationMs()).isEqualTo(7);
        assertThat(view.workflow()).isEqualTo("ci");
    }

    @Test
    void an_end_before_the_start_is_no_negative_duration() {
        RunView view = view(fact(50, new Change.RunStarted(1)), fact(20, ended(Outcome.SUCCESS, Ending.PLAIN, null)));

        assertThat(view.durationMs()).isZero();
    }

    private static RunView view(Fact... facts) {
        return RunView.of(fold(List.of(facts)), T + 1_000_000, SIX_HOURS);
    }

    private static Run fold(List<Fact> facts) {
        Run run = Run.unseen("r");
        for (Fact fact : facts) {
            run = run.with(fact);
        }
        return run;
    }

    private static Fact fact(long afterMs, Change change) {
        return new Fact(T + afterMs, "r", Source.LINE, null, null, null, change);
    }

    private static Change.RunEnded ended(Outcome outcome, Ending ending, @Nullable Long durationMs) {
        return new Change.RunEnded(outcome, ending, durationMs, null);
    }

    private static Change.JobMoved moved(String jobId, JobState state) {
        return new Change.JobMoved(jobId, state, null, null, null, null);
    }

    private static Gen<Fact> facts() {
        return integers().between(0, 5).zip(changes(), integers().between(0, 7), (at, change, bits) -> {
            Source source = (bits & 1) == 0 ? Source.LINE : Source.MESSAGE;
            String request = (bits & 2) == 0 ? null : "q" + at;
            String workflow = (bits & 4) == 0 ? null : "w" + at;
            return new Fact(T + at, "r", source, request, workflow, null, change);
        });
    }

    private static Gen<Change> changes() {
        Gen<Change> ends = integers()
                .between(0, 9)
                .zip(
                        arbitrary().enumValues(Outcome.class),
                        arbitrary().enumValues(Ending.class),
                        (i, outcome, ending) -> {
                            Long duration = i % 2 == 0 ? null : Long.valueOf(i % 5);
                            return new Change.RunEnded(
                                    outcome, ending, duration, i % 3 == 0 ? null : "because " + i % 4);
                        });
        Gen<Change> jobs = integers().between(0, 9).zip(arbitrary().enumValues(JobState.class), (i, state) -> {
            String name = i % 2 == 0 ? null : "n" + i % 3;
            return new Change.JobMoved("j" + i % 4, state, name, "a" + i % 3, i % 7 == 0 ? (long) i : null, null);
        });
        Gen<Change> named = integers().between(0, 5).map(i -> new Change.JobNamed("j" + i % 4, "n" + i % 3));
        Gen<Change> announced = integers().between(0, 3).map(i -> new Change.JobAnnounced("n" + i));
        Gen<Change> moved = arbitrary().enumValues(RunState.class).map(Change.RunMoved::new);
        Gen<Change> started = constant(new Change.RunStarted(3));
        return ends.mix(jobs, 40)
                .mix(named, 20)
                .mix(announced, 15)
                .mix(moved, 15)
                .mix(started, 10);
    }
}
