package io.spoor.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spoor.model.fact.Fact;
import io.spoor.model.run.Run;
import io.spoor.model.run.RunJson;
import io.spoor.model.run.RunView;
import io.spoor.model.run.RunView.JobView;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lines of three real runs (a success of four jobs, a failure with a skipped job, a plain one), enriched and folded,
 * against what KiCI's own database held at the end.
 */
class RealRunsTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void runs_are_told_as_the_database_has_them_whatever_the_order_of_facts(long seed) throws IOException {
        List<Fact> facts = new ArrayList<>(facts());
        Random random = new Random(seed);
        Collections.shuffle(facts, random);
        facts.addAll(List.copyOf(facts.subList(0, random.nextInt(facts.size()))));
        Map<String, List<Fact>> byRun = facts.stream().collect(Collectors.groupingBy(Fact::runId));

        List<JsonNode> truths = read("truth-runs");
        assertThat(byRun)
                .containsOnlyKeys(
                        truths.stream().map(run -> text(run, "run_id")).toList());
        for (JsonNode truth : truths) {
            assertThat(byRun.get(text(truth, "run_id"))).isNotNull();
            RunView run = view(text(truth, "run_id"), byRun.getOrDefault(text(truth, "run_id"), List.of()));

            assertThat(run.workflow()).isEqualTo(text(truth, "workflow_name"));
            assertThat(run.routingKey()).isEqualTo(text(truth, "routing_key"));
            assertThat(run.status().text()).isEqualTo(text(truth, "status"));
            assertThat(run.durationMs()).isEqualTo(truth.get("duration_ms").longValue());
            near(run.startedAt(), truth.get("started_at"));
            near(run.endedAt(), truth.get("completed_at"));
            compareJobs(run);
        }
    }

    private static void compareJobs(RunView run) throws IOException {
        List<JsonNode> truths = read("truth-jobs").stream()
                .filter(job -> text(job, "run_id").equals(run.runId()))
                .toList();
        assertThat(run.jobs())
                .extracting(JobView::name)
                .containsExactlyInAnyOrderElementsOf(
                        truths.stream().map(job -> text(job, "job_name")).toList());
        for (JsonNode truth : truths) {
            JobView job = run.jobs().stream()
                    .filter(candidate -> text(truth, "job_name").equals(candidate.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(job.status().text()).as(job.name()).isEqualTo(text(truth, "status"));
            if (!text(truth, "status").equals("skipped")) { // a skipped job never logs its id
                assertThat(job.jobId()).isEqualTo(text(truth, "job_id"));
                assertThat(job.agentId()).isEqualTo(text(truth, "agent_id"));
                near(job.startedAt(), truth.get("started_at"));
                near(job.endedAt(), truth.get("completed_at"));
            }
        }
    }

    @Test
    void every_line_of_a_run_is_in_its_trail_or_linked_to_it() throws IOException {
        try (EnrichDriver enrich = new EnrichDriver()) {
            for (String line : lines()) {
                enrich.pipe(line);
            }
            assertThat(enrich.lines()).allSatisfy(line -> assertThat(line.key()).startsWith("run:"));
            assertThat(enrich.links())
                    .anyMatch(link -> link.startsWith("req:"))
                    .anyMatch(link -> link.startsWith("job:"));
            assertThat(enrich.letters()).isEmpty();
        }
    }

    private static List<Fact> facts() throws IOException {
        try (EnrichDriver enrich = new EnrichDriver()) {
            for (String line : lines()) {
                enrich.pipe(line);
            }
            return enrich.facts();
        }
    }

    private static RunView view(String runId, List<Fact> facts) {
        Run run = Run.unseen(runId);
        for (Fact fact : facts) {
            run = RunJson.read(RunJson.write(run.with(fact)));
        }
        return RunView.of(run, EnrichDriver.ARRIVAL + DAY, Duration.ofHours(6));
    }

    private static void near(@Nullable Long told, JsonNode truth) {
        if (!truth.isNull()) { // a race in KiCI leaves some jobs without a start in its database
            long at = OffsetDateTime.parse(truth.textValue()).toInstant().toEpochMilli();
            assertThat(told).isNotNull().isCloseTo(at, within(200L));
        }
    }

    private static String text(JsonNode object, String name) {
        return object.get(name).textValue();
    }

    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String file : List.of("orchestrator", "agent-1", "agent-2")) {
            lines.addAll(resource(file));
        }
        return lines;
    }

    private static List<JsonNode> read(String file) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : resource(file)) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }

    private static List<String> resource(String file) throws IOException {
        try (InputStream in = RealRunsTest.class.getResourceAsStream("/runs/" + file + ".ndjson")) {
            if (in == null) {
                throw new IOException("no " + file);
            }
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
