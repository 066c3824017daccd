package io.spoor.enrich.fact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.enrich.json.JsonScan;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Change.Ending;
import io.spoor.model.fact.Change.JobMoved;
import io.spoor.model.fact.Change.RunEnded;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.FactJson;
import io.spoor.model.fact.JobState;
import io.spoor.model.fact.Outcome;
import io.spoor.model.fact.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactReaderTest {
    private static final long AT = 1_773_311_400_000L;
    private static final Id RUN = new Id(IdKind.RUN, "r");
    private static final Id JOB = new Id(IdKind.JOB, "j");
    private static final String UUID = "d55fee16-636c-489e-a32f-ce83060b2fe3";

    private final List<DynamicTest> rows = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> each_telling_becomes_its_change() {
        row(Telling.RUN_STARTED, "{'jobCount':3}", new Change.RunStarted(3));
        row(Telling.RUN_STARTED, "{'jobCount':-1}", new Change.RunStarted(null));
        row(Telling.RUN_STARTED, "{'jobCount':1e12}", new Change.RunStarted(Integer.MAX_VALUE));
        row(Telling.RUN_RUNNING, "{}", new Change.RunMoved(RunState.RUNNING));
        row(Telling.RUN_CANCELLING, "{}", new Change.RunMoved(RunState.CANCELLING));
        row(Telling.RUN_HELD, "{}", new Change.RunMoved(RunState.HELD));
        row(Telling.RUN_RESUMED, "{}", new Change.RunMoved(RunState.QUEUED));
        row(Telling.RUN_COMPLETED, "{'status':'success','durationMs':2084}", ended(Outcome.SUCCESS, 2084L, null));
        row(Telling.RUN_COMPLETED, "{'status':'Cancelled'}", ended(Outcome.CANCELLED, null, null));
        row(Telling.RUN_COMPLETED, "{'status':'sideways'}", ended(Outcome.UNKNOWN, null, null));
        row(Telling.RUN_COMPLETED, "{}", ended(Outcome.UNKNOWN, null, null));
        row(Telling.RUN_COMPLETED, "{'status':'failed','durationMs':'12'}", ended(Outcome.FAILED, null, null));
        row(Telling.RUN_COMPLETED, "{'status':'failed','durationMs':-1}", ended(Outcome.FAILED, null, null));
        row(Telling.RUN_COMPLETED, "{'status':'failed','durationMs':1e99}", ended(Outcome.FAILED, null, null));
        row(Telling.RUN_COMPLETED, "{'status':'failed','durationMs':12.6}", ended(Outcome.FAILED, 13L, null));
        row(
                Telling.RUN_STALE,
                "{'status':'failed','durationMs':9}",
                new RunEnded(Outcome.FAILED, Ending.STALE, 9L, null));
        row(
                Telling.RUN_FAILED,
                "{'reason':'build failed','error':'other'}",
                new RunEnded(Outcome.FAILED, Ending.NOTED, null, "build failed"));
        row(
                Telling.RUN_FAILED,
                "{'error':{'code':7,'message':'no lock file'}}",
                new RunEnded(Outcome.FAILED, Ending.NOTED, null, "no lock file"));
        row(
                Telling.RUN_CANCELLED,
                "{'reason':'user request'}",
                new RunEnded(Outcome.CANCELLED, Ending.NOTED, null, "user request"));
        row(Telling.JOB_ANNOUNCED, "{'job':'lint'}", new Change.JobAnnounced("lint"));
        row(Telling.JOB_ANNOUNCED, "{'jobName':'lint','job':'other'}", new Change.JobAnnounced("lint"));
        row(Telling.JOB_ANNOUNCED, "{'job':''}", null);
        row(Telling.JOB_NAMED, "{'jobName':'test'}", new Change.JobNamed("j", "test"));
        row(Telling.JOB_NAMED, "{}", null);
        row(
                Telling.JOB_REPLACED,
                "{'syntheticId':'needs-pending-unit-test-" + UUID + "','realJobId':'k'}",
                new Change.JobNamed("k", "unit-test"));
        row(Telling.JOB_REPLACED, "{'syntheticId':'needs-pending-x','realJobId':'k'}", null);
        row(Telling.JOB_REPLACED, "{'syntheticId':'needs-pending-x-" + UUID + "','realJobId':'k k'}", null);
        row(Telling.JOB_REPLACED, "{'realJobId':'k'}", null);
        row(Telling.JOB_ACCEPTED, "{'agentId':'a'}", moved(JobState.QUEUED, "a", null));
        row(Telling.JOB_STARTED, "{'agent_id':'a'}", moved(JobState.RUNNING, "a", null));
        row(Telling.JOB_STATE, "{'state':'running'}", moved(JobState.RUNNING, null, null));
        row(Telling.JOB_STATE, "{'status':'success'}", moved(JobState.SUCCESS, null, null));
        row(Telling.JOB_STATE, "{'state':'success','status':'failed'}", moved(JobState.SUCCESS, null, null));
        row(Telling.JOB_STATE, "{}", moved(JobState.UNKNOWN, null, null));
        row(Telling.JOB_STATE, "{'state':7}", moved(JobState.UNKNOWN, null, null));
        row(Telling.JOB_STATE, "{'state':'failed','error':'boom'}", moved(JobState.FAILED, null, "boom"));
        row(
                Telling.JOB_STATE,
                "{'state':'failed','failureData':'{\\'stepResults\\':[{\\'name\\':\\'a\\'},{\\'name\\':\\'b\\',\\'error\\':\\'E\\'}]}'}",
                moved(JobState.FAILED, null, "b: E"));
        row(
                Telling.JOB_STATE,
                "{'state':'failed','failureData':'{\\'error\\':\\'E\\'}'}",
                moved(JobState.FAILED, null, "E"));
        row(Telling.JOB_STATE, "{'state':'failed','failureData':'{}'}", moved(JobState.FAILED, null, null));
        row(Telling.JOB_STATE, "{'state':'failed','failureData':'no json'}", moved(JobState.FAILED, null, "no json"));
        row(Telling.JOB_STATE, "{'state':'failed','failureData':'[[['}", moved(JobState.FAILED, null, "[[["));
        row(Telling.JOB_STATE, "{'state':'failed','error':{'a':1}}", moved(JobState.FAILED, null, "{\"a\":1}"));
        row(
                Telling.JOB_STATE,
                "{'state':'failed','error':{'message':'\\ud800x'}}",
                moved(JobState.FAILED, null, "\uFFFDx"));
        row(Telling.JOB_RECOVERING, "{}", moved(JobState.RECOVERING, null, null));
        row(Telling.JOB_FAILED, "{'error':'gone'}", moved(JobState.FAILED, null, "gone"));
        row(Telling.NONE, "{}", null);
        return rows.stream();
    }

    @ParameterizedTest
    @CsvSource({
        "pending, QUEUED",
        "queued, QUEUED",
        "RUNNING, RUNNING",
        "recovering, RECOVERING",
        "cancelling, CANCELLING",
        "success, SUCCESS",
        "failed, FAILED",
        "FAILED, FAILED",
        "cancelled, CANCELLED",
        "skipped, SKIPPED",
        "timed_out_stale, TIMED_OUT",
        "drift_dropped, SKIPPED",
        "levitating, UNKNOWN",
    })
    void every_state_of_a_job_is_known(String word, JobState state) {
        assertThat(FactReader.jobState(word)).isEqualTo(state);
    }

    @Test
    void names_and_ids_on_the_line_come_along() {
        Fact fact = FactReader.read(
                        Telling.RUN_SEEN,
                        scan("{'workflowName':'ci','workflow':'x','routingKey':'github:42'}"),
                        List.of(RUN, new Id(IdKind.REQUEST, "q")),
                        AT)
                .orElseThrow();

        assertThat(fact).isEqualTo(new Fact(AT, "r", Fact.Source.LINE, "q", "ci", "github:42", null));
    }

    @Test
    void a_job_line_without_a_jobs_id_tells_nothing() {
        assertThat(FactReader.read(Telling.JOB_STATE, scan("{'state':'running'}"), List.of(RUN), AT))
                .isEmpty();
    }

    @Test
    void long_texts_are_cut_between_characters() {
        String text = "x".repeat(1999) + "\uD83D\uDC3E and more";

        Change change = FactReader.read(Telling.RUN_FAILED, scan("{'reason':'" + text + "'}"), List.of(RUN), AT)
                .orElseThrow()
                .change();

        assertThat(change).isEqualTo(new RunEnded(Outcome.FAILED, Ending.NOTED, null, "x".repeat(1999)));
    }

    private void row(Telling telling, String line, @Nullable Change expected) {
        rows.add(DynamicTest.dynamicTest(telling + " " + line, () -> {
            Fact fact =
                    FactReader.read(telling, scan(line), List.of(RUN, JOB), AT).orElse(null);

            assertThat(fact == null ? null : fact.change()).isEqualTo(expected);
            if (fact != null) {
                assertThat(FactJson.read(FactJson.write(fact))).isEqualTo(fact);
            }
        }));
    }

    private static RunEnded ended(Outcome outcome, @Nullable Long durationMs, @Nullable String reason) {
        return new RunEnded(outcome, Ending.PLAIN, durationMs, reason);
    }

    private static JobMoved moved(JobState state, @Nullable String agent, @Nullable String error) {
        return new JobMoved("j", state, null, agent, null, error);
    }

    private static JsonScan scan(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        JsonScan scan = new JsonScan(64);
        scan.scan(bytes, 0, bytes.length);
        return scan;
    }
}
