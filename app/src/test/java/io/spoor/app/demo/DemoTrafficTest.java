package io.spoor.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START = 1_773_311_400_000L;
    private static final int MANY = 40_000;

    @Test
    void the_same_seed_gives_the_same_lines() {
        assertThat(texts(take(7, 3_000))).isEqualTo(texts(take(7, 3_000))).isNotEqualTo(texts(take(8, 3_000)));
    }

    @Test
    void lines_come_in_the_order_of_printing_and_forwarded_ones_look_back_by_at_most_600_ms() {
        long last = START;
        long furthest = 0;
        for (DemoLine line : take(1, MANY)) {
            assertThat(line.atMillis()).isGreaterThanOrEqualTo(last);
            last = line.atMillis();
            JsonNode json = json(line.text());
            if (json.has("timestamp")) {
                long own = Instant.parse(json.get("timestamp").asText()).toEpochMilli();
                furthest = Math.max(furthest, line.atMillis() - own);
                assertThat(own).isLessThanOrEqualTo(line.atMillis());
            }
        }
        assertThat(furthest).isBetween(300L, 600L);
    }

    @Test
    void the_rate_holds_in_the_long_run() {
        List<DemoLine> lines = take(3, MANY);
        double seconds = (lines.get(MANY - 1).atMillis() - lines.get(MANY / 2).atMillis()) / 1000.0;

        assertThat(MANY / 2 / seconds).isBetween(40.0, 65.0);
    }

    @Test
    void every_kind_of_line_that_real_kici_prints_is_there() {
        String all = String.join("\n", texts(take(1, MANY)));

        assertThat(all)
                .contains(
                        "Webhook received",
                        "Webhook relay stream started",
                        "Generic webhook accepted",
                        "Cron schedule fired")
                .contains("Job gated by needs scheduler", "Replaced synthetic job entry", "needs-pending-")
                .contains("[workflow-runner:stdout] {", "[fork-runner] IPC message", "\n    at TCPConnectWrap")
                .contains("Orchestrator offline for 0s", "Starting election", "LOG:  checkpoint complete")
                .contains("Cancelled run", "Run transitioned to cancelling", "Recorded init-failure execution run")
                .contains("Job recovery timed out", "Re-run requested", "triggerUncaughtException")
                .contains("\"logsSource\":\"container\"", "failureData", "✓", "署名", "\"traceId\":");
    }

    @Test
    void most_runs_succeed_and_every_end_occurs() throws JsonProcessingException {
        Map<String, Integer> statuses = new HashMap<>();
        for (JsonNode run : truth(take(1, MANY))) {
            statuses.merge(run.get("status").asText(), 1, Integer::sum);
        }

        int runs = statuses.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(statuses.keySet()).contains("success", "failed", "cancelled", "lost");
        assertThat(100.0 * statuses.getOrDefault("success", 0) / runs).isBetween(80.0, 92.0);
    }

    /** The truth is checked against the lines alone, by the closure that a reader of the lines would take. */
    @Test
    void the_truth_counts_what_the_closure_over_ids_finds() throws JsonProcessingException {
        List<DemoLine> lines = take(5, MANY);
        Closure closure = new Closure();
        lines.forEach(line -> closure.add(line.text()));

        List<JsonNode> truth = truth(lines);

        assertThat(truth).hasSizeGreaterThan(300);
        for (JsonNode run : truth) {
            Closure.Found found = closure.of("run:" + run.get("runId").asText());
            assertThat(run.get("lines").asInt())
                    .as("lines of %s", run)
                    .isEqualTo(found.distinct().size());
            assertThat(run.get("copies").asInt()).as("copies of %s", run).isEqualTo(found.copies());
            Set<String> requests = new TreeSet<>();
            run.get("requestIds").forEach(id -> requests.add(id.asText()));
            assertThat(requests).as("requests of %s", run).isEqualTo(found.requestIds());
        }
    }

    @Test
    void an_end_in_the_lines_is_the_end_in_the_truth() throws JsonProcessingException {
        List<DemoLine> lines = take(5, MANY);
        Map<String, JsonNode> ends = new HashMap<>();
        for (DemoLine line : lines) {
            JsonNode json = json(line.text());
            if (json.path("message").asText().equals("Execution completed") && json.has("durationMs")) {
                ends.put(json.get("runId").asText(), json); // the latest counts
            }
        }

        List<JsonNode> ended = truth(lines).stream()
                .filter(run -> run.hasNonNull("durationMs"))
                .toList();

        assertThat(ended).hasSize(ends.size());
        for (JsonNode run : ended) {
            JsonNode end = Objects.requireNonNull(ends.get(run.get("runId").asText()));
            assertThat(run.get("status")).isEqualTo(end.get("status"));
            assertThat(run.get("durationMs").asLong())
                    .isEqualTo(end.get("durationMs").asLong());
        }
    }

    @Test
    void a_run_with_a_job_that_never_ran_logs_its_end_four_times_with_shrinking_durations()
            throws JsonProcessingException {
        List<DemoLine> lines = take(5, MANY);
        Set<String> skipping = truth(lines).stream()
                .filter(run -> run.get("status").asText().equals("failed")
                        && run.toString().contains("skipped"))
                .map(run -> run.get("runId").asText())
                .collect(Collectors.toSet());
        Map<String, List<JsonNode>> ends = new HashMap<>();
        for (DemoLine line : lines) {
            JsonNode json = json(line.text());
            String runId = json.path("runId").asText();
            if (skipping.contains(runId) && json.path("message").asText().equals("Execution completed")) {
                ends.computeIfAbsent(runId, id -> new ArrayList<>()).add(json);
            }
        }

        assertThat(ends).isNotEmpty().hasSameSizeAs(skipping);
        assertThat(ends.values()).filteredOn(each -> each.size() == 4).hasSizeGreaterThan(ends.size() / 2);
        assertThat(ends.values())
                .filteredOn(each -> each.size() == 4)
                .allSatisfy(four -> assertThat(four.get(2)
                                .path("durationMs")
                                .asLong(four.get(3).path("durationMs").asLong()))
                        .isLessThan(four.get(0)
                                .path("durationMs")
                                .asLong(four.get(1).path("durationMs").asLong())));
    }

    @Test
    void names_are_sorted_and_the_agent_of_a_forwarded_line_comes_last() {
        for (DemoLine line : take(2, 5_000)) {
            JsonNode json = json(line.text());
            List<String> names = new ArrayList<>();
            json.fieldNames().forEachRemaining(names::add);
            Predicate<String> added = name -> name.equals("agentId") || name.equals("logsSource");
            boolean forwarded = json.path("service").asText().equals("agent")
                    && !names.isEmpty()
                    && line.source().service().equals("orchestrator");
            if (forwarded) {
                names.removeIf(added);
            }
            if (!line.text().contains("Replaying")) {
                assertThat(names).isSorted();
            }
        }
    }

    @Test
    void the_first_story_is_over_within_a_minute_and_worth_reading() throws JsonProcessingException {
        Truth truth = new Truth(run -> {});
        take(1, MANY).stream().filter(line -> line.atMillis() < START + 60_000).forEach(truth::accept);

        assertThat(truth.requestIdToTry()).isNotNull();
    }

    @Test
    void traffic_cut_in_the_middle_leaves_runs_that_are_running() throws JsonProcessingException {
        List<JsonNode> truth = truth(take(1, 400));

        assertThat(truth).extracting(run -> run.get("status").asText()).contains("running");
    }

    private static List<DemoLine> take(long seed, int count) {
        DemoTraffic traffic = new DemoTraffic(seed, START, 50);
        return IntStream.range(0, count).mapToObj(i -> traffic.next()).toList();
    }

    private static List<String> texts(List<DemoLine> lines) {
        return lines.stream().map(DemoLine::text).toList();
    }

    private static List<JsonNode> truth(List<DemoLine> lines) throws JsonProcessingException {
        List<String> told = new ArrayList<>();
        Truth truth = new Truth(told::add);
        lines.forEach(truth::accept);
        truth.finish();
        List<JsonNode> runs = new ArrayList<>();
        for (String run : told) {
            runs.add(JSON.readTree(run));
        }
        return runs;
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Lines joined by the ids that they share, the slow and obvious way. */
    private static final class Closure {

        record Found(Set<Object> distinct, int copies, Set<String> requestIds) {}

        private final Map<String, List<Set<String>>> linked = new HashMap<>();
        private final Map<String, List<JsonNode>> lines = new HashMap<>();

        void add(String text) {
            JsonNode json = json(text);
            Set<String> ids = new HashSet<>();
            Map.of("run:", "runId", "req:", "requestId", "job:", "jobId").forEach((prefix, name) -> {
                if (json.has(name)) {
                    ids.add(prefix + json.get(name).asText());
                }
            });
            for (String id : ids) {
                linked.computeIfAbsent(id, key -> new ArrayList<>()).add(ids);
                lines.computeIfAbsent(id, key -> new ArrayList<>()).add(json);
            }
        }

        Found of(String id) {
            Set<String> seen = new HashSet<>(Set.of(id));
            List<String> open = new ArrayList<>(seen);
            while (!open.isEmpty()) {
                for (Set<String> ids : linked.getOrDefault(open.remove(open.size() - 1), List.of())) {
                    for (String next : ids) {
                        if (seen.add(next)) {
                            open.add(next);
                        }
                    }
                }
            }
            Set<JsonNode> identities = Collections.newSetFromMap(new IdentityHashMap<>());
            seen.forEach(each -> identities.addAll(lines.getOrDefault(each, List.of())));
            Set<Object> distinct = new HashSet<>();
            int copies = 0;
            for (JsonNode line : identities) {
                ObjectNode own = line.deepCopy();
                own.remove(List.of("agentId", "logsSource"));
                boolean hasTime = own.has("timestamp");
                if (!distinct.add(hasTime ? own : new Object())) {
                    copies++;
                }
            }
            Set<String> requests = seen.stream()
                    .filter(each -> each.startsWith("req:"))
                    .map(each -> each.substring(4))
                    .collect(Collectors.toCollection(TreeSet::new));
            return new Found(distinct, copies, requests);
        }
    }
}
