package io.spoor.query.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spoor.aggregate.Unavailable;
import io.spoor.model.Level;
import io.spoor.model.Milestone;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.Outcome;
import io.spoor.model.run.RunStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryTest {
    private static final Duration LOST_AFTER = Duration.ofHours(6);
    private static final long NOW = 1_000;

    private final World world = new World();

    @Test
    void a_milestone_that_several_lines_tell_is_told_once_by_the_first() throws Unavailable {
        reached(1, Milestone.RUN_STARTED, "'runId':'r1','requestId':'q'");
        reached(2, Milestone.RUN_STARTED, "'runId':'r1'");
        reached(3, Milestone.RUN_STARTED, "'runId':'r2','requestId':'q'");
        reached(4, Milestone.WEBHOOK_RECEIVED, "'requestId':'q'");
        assertThat(told("q").moments())
                .extracting(Story.Moment::at, Story.Moment::runId)
                .containsExactly(tuple(1L, "r1"), tuple(3L, "r2"), tuple(4L, null));
    }

    @Test
    void of_repeated_ends_the_last_is_told() throws Unavailable {
        reached(1, Milestone.RUN_COMPLETED, "'runId':'r1','durationMs':5");
        reached(2, Milestone.JOB_COMPLETED, "'runId':'r1','jobId':'j1'");
        reached(3, Milestone.RUN_COMPLETED, "'runId':'r1'");
        reached(4, Milestone.JOB_COMPLETED, "'runId':'r1','jobId':'j1'");
        assertThat(told("r1").moments())
                .extracting(Story.Moment::milestone, Story.Moment::at)
                .containsExactly(tuple(Milestone.RUN_COMPLETED, 3L), tuple(Milestone.JOB_COMPLETED, 4L));
    }

    @Test
    void each_job_has_milestones_of_its_own_by_id_or_else_by_name() throws Unavailable {
        reached(1, Milestone.JOB_DISPATCHED, "'runId':'r1','job':'build'");
        reached(2, Milestone.JOB_DISPATCHED, "'runId':'r1','job':'test'");
        reached(3, Milestone.JOB_STARTED, "'runId':'r1','jobId':'j1'");
        reached(4, Milestone.JOB_STARTED, "'runId':'r1','jobId':'j2'");
        reached(5, Milestone.JOB_STARTED, "'runId':'r1','jobId':'j1'");
        assertThat(told("r1").moments()).extracting(Story.Moment::at).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void moments_of_one_millisecond_stand_in_the_order_in_which_they_are_meant_to_happen() throws Unavailable {
        reached(1, Milestone.JOB_STARTED, "'runId':'r1','jobId':'j1'");
        reached(1, Milestone.RUN_STARTED, "'runId':'r1'");
        assertThat(told("r1").moments())
                .extracting(Story.Moment::milestone)
                .containsExactly(Milestone.RUN_STARTED, Milestone.JOB_STARTED);
    }

    @Test
    void each_tier_tells_its_lines_and_errors_and_when_it_first_and_last_spoke() throws Unavailable {
        world.says("orchestrator", 1, "a", "runId", "r")
                .says("agent", 2, "b", "runId", "r")
                .says("orchestrator", 9, "c", "runId", "r");
        for (int at : List.of(3, 4)) {
            world.line("{'runId':'r','message':'bad" + at + "'}")
                    .tier("agent")
                    .level(Level.ERROR)
                    .at(at)
                    .arrives();
        }
        Story story = told("r");
        assertThat(story.tiers())
                .containsExactly(
                        new Story.TierPart("orchestrator", 2, 0, 1, 9), new Story.TierPart("agent", 3, 2, 2, 4));
        assertThat(story.errors()).isEqualTo(2);
        assertThat(story.start()).isEqualTo(1);
        assertThat(story.end()).isEqualTo(9);
    }

    @Test
    void ids_are_gathered_from_lines_links_and_runs() throws Unavailable {
        world.says("orchestrator", 1, "a", "requestId", "q1", "routingKey", "github:1", "traceId", "t1")
                .says("orchestrator", 2, "b", "runId", "r", "requestId", "q1", "jobId", "j")
                .says("agent", 3, "c", "jobId", "j", "requestId", "q2")
                .learns(new Fact(1, "r", Fact.Source.LINE, null, "build", "github:2", new Change.RunStarted(1)));
        Story story = told("r");
        assertThat(story.requestIds()).containsExactly("q1", "q2");
        assertThat(story.routingKeys()).containsExactly("github:1", "github:2");
        assertThat(story.traceIds()).containsExactly("t1");
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, SUCCESS, SUCCESS",
        "SUCCESS, FAILED, FAILED",
        "SUCCESS, CANCELLED, CANCELLED",
        "FAILED, CANCELLED, FAILED",
        "SUCCESS, UNKNOWN, SUCCESS"
    })
    void of_two_ended_runs_the_worse_gives_the_status(Outcome first, Outcome second, RunStatus expected)
            throws Unavailable {
        ended("r1", first);
        ended("r2", second);
        assertThat(told("q").status()).isEqualTo(expected);
    }

    @Test
    void what_still_happens_comes_before_what_has_ended() throws Unavailable {
        ended("r1", Outcome.FAILED);
        world.says("orchestrator", 1, "a", "runId", "r2", "requestId", "q").learns("r2", 900, new Change.RunStarted(1));
        assertThat(told("q").status()).isEqualTo(RunStatus.QUEUED);
        Story later = Story.of(find("q"), 900 + LOST_AFTER.toMillis() + 1, LOST_AFTER);
        assertThat(later.status()).as("the other is lost").isEqualTo(RunStatus.FAILED);
    }

    @Test
    void a_run_without_lines_has_a_start_and_an_end() throws Unavailable {
        world.learns("r", 5, new Change.RunStarted(1))
                .learns("r", 9, new Change.RunEnded(Outcome.SUCCESS, Change.Ending.PLAIN, 4L, null));
        Story story = told("r");
        assertThat(story.start()).isEqualTo(5);
        assertThat(story.end()).isEqualTo(9);
        assertThat(story.status()).isEqualTo(RunStatus.SUCCESS);
        assertThat(story.tiers()).isEmpty();
    }

    @Test
    void lines_without_a_run_have_no_status_that_anyone_knows() throws Unavailable {
        world.says("orchestrator", 1, "Webhook processed", "requestId", "q");
        assertThat(told("q").status()).isEqualTo(RunStatus.UNKNOWN);
        assertThat(told("q").runs()).isEmpty();
    }

    private void reached(long at, Milestone milestone, String ids) {
        world.line("{'message':'m" + at + "'," + ids + "}")
                .at(at)
                .reaches(milestone)
                .arrives();
    }

    private void ended(String runId, Outcome outcome) {
        world.says("orchestrator", 1, "a", "runId", runId, "requestId", "q")
                .learns(runId, 1, new Change.RunStarted(1))
                .learns(runId, 2, new Change.RunEnded(outcome, Change.Ending.PLAIN, null, null));
    }

    private Trace find(String id) throws Unavailable {
        return new TraceFinder(world, new TraceLimits(100, 1_000, 1_000))
                .find(id)
                .orElseThrow();
    }

    private Story told(String id) throws Unavailable {
        return Story.of(find(id), NOW, LOST_AFTER);
    }
}
