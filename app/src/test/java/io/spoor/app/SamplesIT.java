package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spoor.app.client.ship.ShipCommand;
import io.spoor.app.up.RunningSpoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What real processes printed, shipped as a user ships it, against what their database held at the end. */
class SamplesIT {
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final Map<String, String> SERVICES = Map.of(
            "orchestrator.ndjson", "orchestrator",
            "orchestrator.stderr", "orchestrator",
            "agent-1.ndjson", "agent",
            "agent-1.stderr", "agent",
            "agent-2.ndjson", "agent",
            "agent-2.stderr", "agent");

    /** KiCI logs a moment some milliseconds after it has noted it in its database. */
    private static final long NEAR_MILLIS = 200;

    /** The samples are of one day, and the tests run on any later one. */
    private static final Map<String, String> ANY_DAY = Map.of("kafka.lines-retention", "3650d");

    @TempDir
    static Path data;

    private static RunningSpoor spoor;

    @BeforeAll
    static void ship_all_files() {
        spoor = RunningSpoor.start(data, ANY_DAY);
        SERVICES.forEach((file, service) -> {
            int exitCode = new CommandLine(new ShipCommand())
                    .execute(
                            "--quiet",
                            "--server=" + spoor.uri(),
                            "--label=service=" + service,
                            SAMPLES.resolve(file).toString());
            assertThat(exitCode).as("shipping %s", file).isZero();
        });
        spoor.awaitCaughtUp();
    }

    @AfterAll
    static void close() {
        spoor.close();
    }

    @Test
    void every_id_answers_with_every_line_of_its_trace_once_in_time_order_and_unchanged() throws IOException {
        TraceOracle oracle = new TraceOracle();
        for (Map.Entry<String, String> file : SERVICES.entrySet()) {
            Files.readAllLines(SAMPLES.resolve(file.getKey()))
                    .forEach(line -> oracle.shipped(file.getValue(), line, 1));
        }
        assertThat(oracle.ids()).hasSizeGreaterThan(60);
        oracle.check(spoor);
    }

    @Test
    void every_line_that_an_agent_printed_and_an_orchestrator_forwarded_is_shown_once_with_two_copies()
            throws IOException {
        Map<ObjectNode, Integer> times = new HashMap<>();
        for (String file : List.of("orchestrator.ndjson", "agent-1.ndjson", "agent-2.ndjson")) {
            for (String line : Files.readAllLines(SAMPLES.resolve(file))) {
                ObjectNode object = TraceOracle.object(line);
                if (object != null && object.path("runId").isTextual()) {
                    times.merge(object.without(List.of("agentId", "logsSource")), 1, Integer::sum);
                }
            }
        }
        long twice = times.values().stream().filter(count -> count == 2).count();
        long shownTwice = truth("truth-runs.ndjson").stream()
                .map(run -> run.path("run_id").textValue())
                .flatMap(id -> stream(trace(id + "?exact=true&limit=10000").path("lines")))
                .filter(line -> line.path("copies").intValue() == 2)
                .count();
        assertThat(twice).isPositive();
        assertThat(shownTwice).isEqualTo(twice);
    }

    @Test
    void runs_and_jobs_are_as_in_the_database() throws IOException {
        List<JsonNode> jobs = truth("truth-jobs.ndjson");
        List<JsonNode> runs = truth("truth-runs.ndjson");
        assertThat(runs).hasSize(13);
        for (JsonNode truth : runs) {
            String runId = truth.path("run_id").textValue();
            JsonNode run = stream(trace(runId).path("runs"))
                    .filter(each -> runId.equals(each.path("runId").textValue()))
                    .collect(Collectors.collectingAndThen(Collectors.toList(), only -> {
                        assertThat(only).as(runId).hasSize(1);
                        return only.get(0);
                    }));
            assertThat(run.path("status").textValue())
                    .as(runId)
                    .isEqualTo(truth.path("status").textValue());
            assertThat(run.path("workflow").textValue())
                    .as(runId)
                    .isEqualTo(truth.path("workflow_name").textValue());
            assertThat(run.path("durationMs").longValue())
                    .as(runId)
                    .isEqualTo(truth.path("duration_ms").longValue());
            assertNear(runId, run.path("startedAt"), truth.path("started_at"));
            assertNear(runId, run.path("endedAt"), truth.path("completed_at"));
            assertJobs(runId, run, jobs);
        }
    }

    private static void assertJobs(String runId, JsonNode run, List<JsonNode> truth) {
        Map<String, JsonNode> shown = stream(run.path("jobs"))
                .collect(Collectors.toMap(job -> job.path("name").textValue(), Function.identity()));
        Map<String, JsonNode> wanted = truth.stream()
                .filter(job -> runId.equals(job.path("run_id").textValue()))
                .collect(Collectors.toMap(job -> job.path("job_name").textValue(), Function.identity()));
        assertThat(shown.keySet()).as(runId).isEqualTo(wanted.keySet());
        wanted.forEach((name, want) -> {
            JsonNode job = Objects.requireNonNull(shown.get(name));
            String what = runId + " " + name;
            assertThat(job.path("status").textValue())
                    .as(what)
                    .isEqualTo(want.path("status").textValue());
            // A job that was skipped never logs the id that the database gave it.
            assertThat(job.path("jobId").textValue())
                    .as(what)
                    .isIn(
                            want.path("job_id").textValue(),
                            "skipped".equals(want.path("status").textValue())
                                    ? null
                                    : want.path("job_id").textValue());
            if (job.path("startedAt").isTextual() && want.path("started_at").isTextual()) {
                assertNear(what, job.path("startedAt"), want.path("started_at"));
            }
            if (job.path("endedAt").isTextual() && want.path("completed_at").isTextual()) {
                assertNear(what, job.path("endedAt"), want.path("completed_at"));
            }
        });
    }

    private static void assertNear(String what, JsonNode shown, JsonNode truth) {
        assertThat(millis(shown)).as("%s: %s and %s", what, shown, truth).isCloseTo(millis(truth), within(NEAR_MILLIS));
    }

    private static long millis(JsonNode time) {
        return OffsetDateTime.parse(time.textValue()).toInstant().toEpochMilli();
    }

    @Test
    void text_between_and_beside_the_objects_is_kept_with_its_indentation() throws IOException {
        List<String> printed = new ArrayList<>();
        for (String file : SERVICES.keySet()) {
            Files.readAllLines(SAMPLES.resolve(file)).stream()
                    .filter(line -> !line.isBlank() && TraceOracle.object(line) == null)
                    .forEach(printed::add);
        }
        List<String> kept = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        spoor.records(spoor.topics().lines()).forEach(record -> {
            JsonNode line = TraceOracle.parsed(record);
            assertThat(ids.add(line.path("spoor").path("id").textValue())).isTrue();
            if ("text".equals(line.path("spoor").path("format").textValue())) {
                kept.add(line.path("message").textValue());
            }
        });
        assertThat(printed).anyMatch(line -> line.startsWith("  ")).anyMatch(line -> line.endsWith(" "));
        assertThat(kept).containsExactlyInAnyOrderElementsOf(printed);
    }

    @Test
    void a_restart_finds_everything_again() throws IOException {
        String runId = truth("truth-runs.ndjson").get(0).path("run_id").textValue();
        String before = RunningSpoor.text(spoor.get("/api/v1/traces/" + runId, "Accept", "application/x-ndjson"));
        assertThat(before).isNotEmpty();
        spoor.restart();
        assertThat(RunningSpoor.text(spoor.get("/api/v1/traces/" + runId, "Accept", "application/x-ndjson")))
                .isEqualTo(before);
    }

    private static JsonNode trace(String idAndQuery) {
        return RunningSpoor.json(spoor.get("/api/v1/traces/" + idAndQuery));
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<JsonNode> truth(String file) throws IOException {
        return Files.readAllLines(SAMPLES.resolve(file)).stream()
                .<JsonNode>map(TraceOracle::parsed)
                .toList();
    }
}
