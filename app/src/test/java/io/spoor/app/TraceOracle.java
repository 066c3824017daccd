package io.spoor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spoor.app.up.RunningSpoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the traces of shipped lines have to be, worked out the plain way: all lines in memory, ids united by every line that
 * carries several of them, equal objects counted.
 */
public final class TraceOracle {
    /** Exact, so that lines which differ in the last digit of a number are not taken for copies. */
    private static final JsonMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Each kind of id with its members; a line belongs to a trace by the first three kinds alone. */
    private static final Map<String, List<String>> IDS = kinds();

    private static final Set<String> TRAILS = Set.of("run", "request", "job");

    /** @param count how often it was shipped, by whatever way */
    private record Expected(String text, ObjectNode object, String tier, boolean forwarded, int count) {
        boolean timed() {
            return object.path("timestamp").isTextual();
        }

        ObjectNode essence() {
            return TraceOracle.essence(object);
        }
    }

    /** A line as an answer shows it. */
    private record Shown(ObjectNode essence, String tier, int copies) {
        /** Short enough for a failure to be read. */
        @Override
        public String toString() {
            String text = essence.toString();
            return tier + " x" + copies + " " + text.substring(0, Math.min(300, text.length()));
        }
    }

    private final Map<String, String> parents = new HashMap<>();
    private final List<Expected> lines = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    private static Map<String, List<String>> kinds() {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        ids.put("run", List.of("runId", "run_id"));
        ids.put("request", List.of("requestId", "request_id"));
        ids.put("job", List.of("jobId", "job_id"));
        ids.put("otel", List.of("traceId"));
        ids.put("delivery", List.of("deliveryId"));
        ids.put("event", List.of("eventId"));
        return ids;
    }

    /** The object that a line is, or null when it is text. */
    static @Nullable ObjectNode object(String line) {
        try {
            return JSON.readTree(line) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The object that a line must be. */
    static ObjectNode parsed(String line) {
        return Objects.requireNonNull(object(line), line);
    }

    /** Learns that a line was shipped {@code times} times with this label. */
    public void shipped(@Nullable String label, String line, int times) {
        ObjectNode object = object(line);
        if (object == null) {
            return;
        }
        List<String> carried = carried(object);
        if (carried.isEmpty()
                || TRAILS.stream().noneMatch(kind -> carried.get(0).startsWith(kind + ":"))) {
            return;
        }
        carried.forEach(id -> parents.put(root(id), root(carried.get(0))));
        asked.addAll(carried);
        String own = object.path("service").isTextual() ? object.path("service").textValue() : null;
        String tier = tier(own != null ? own : label);
        boolean forwarded = object.has("logsSource")
                || (own != null && label != null && !tier(own).equals(tier(label)));
        lines.add(new Expected(line, object, tier, forwarded, times));
    }

    private static String tier(@Nullable String service) {
        return service == null ? "unknown" : service.startsWith("postgres") ? "database" : service;
    }

    private static List<String> carried(ObjectNode object) {
        List<String> carried = new ArrayList<>();
        IDS.forEach((kind, members) -> members.stream()
                .map(object::path)
                .filter(value -> value.isTextual() && value.textValue().matches("[\\p{L}\\p{N}._:@-]{1,128}"))
                .findFirst()
                .ifPresent(value -> carried.add(kind + ":" + value.textValue())));
        return carried;
    }

    private String root(String id) {
        String root = id;
        for (String parent = parents.get(root); parent != null && !parent.equals(root); parent = parents.get(root)) {
            root = parent;
        }
        return root;
    }

    private static ObjectNode essence(ObjectNode object) {
        return object.deepCopy().without(List.of("agentId", "logsSource"));
    }

    /** All ids to ask for, as {@code kind:value}. */
    Set<String> ids() {
        return asked;
    }

    /** Asks for the trace of every id that any line carries, as JSON, as lines and exactly, and compares. */
    public void check(RunningSpoor spoor) {
        assertThat(asked).as("ids to ask for").isNotEmpty();
        Map<String, List<Expected>> traces = lines.stream()
                .collect(Collectors.groupingBy(line -> root(carried(line.object).get(0))));
        for (String id : asked) {
            String value = id.substring(id.indexOf(':') + 1);
            String path = "/api/v1/traces/" + URLEncoder.encode(value, UTF_8).replace("+", "%20");
            List<Expected> trace = merged(traces, id, value);
            checkJson(id, spoor.get(path + "?limit=10000"), trace);
            checkLines(id, spoor.get(path, "Accept", "application/x-ndjson"), trace);
            List<Expected> carrying =
                    trace.stream().filter(line -> carries(line, value)).toList();
            checkJson(id + " exactly", spoor.get(path + "?limit=10000&exact=true"), carrying);
        }
    }

    /** A value may be an id of several kinds; then it stands for all of their traces. */
    private List<Expected> merged(Map<String, List<Expected>> traces, String id, String value) {
        Set<String> roots = new LinkedHashSet<>();
        IDS.keySet().stream()
                .map(kind -> kind + ":" + value)
                .filter(asked::contains)
                .forEach(same -> roots.add(root(same)));
        assertThat(roots).as(id).isNotEmpty();
        return roots.stream().map(traces::get).flatMap(Collection::stream).toList();
    }

    private static boolean carries(Expected line, String value) {
        return carried(line.object).stream()
                .anyMatch(id -> id.substring(id.indexOf(':') + 1).equals(value));
    }

    private static void checkJson(String id, HttpResponse<byte[]> answer, List<Expected> trace) {
        assertThat(answer.statusCode())
                .as("%s: %s", id, RunningSpoor.text(answer))
                .isEqualTo(200);
        JsonNode json = tree(answer.body());
        assertThat(json.path("complete").booleanValue()).as(id).isTrue();
        assertThat(json.path("truncated").booleanValue()).as(id).isFalse();
        Map<Shown, Integer> shown = new HashMap<>();
        Set<String> lineIds = new TreeSet<>();
        String before = "";
        for (JsonNode line : json.path("lines")) {
            ObjectNode fields = (ObjectNode) line.path("fields");
            String at = line.path("at").textValue();
            shown.merge(
                    new Shown(
                            essence(fields),
                            line.path("tier").textValue(),
                            line.path("copies").intValue()),
                    1,
                    Integer::sum);
            assertThat(lineIds.add(line.path("id").textValue()))
                    .as("%s: a line id twice", id)
                    .isTrue();
            assertThat(at).as("%s: time order", id).isGreaterThanOrEqualTo(before);
            if (fields.path("timestamp").isTextual()) {
                assertThat(Instant.parse(at))
                        .as("%s: a line's time", id)
                        .isEqualTo(Instant.parse(fields.path("timestamp").textValue()));
            }
            before = at;
        }
        Map<Shown, Integer> expected = expected(trace);
        assertThat(without(expected, shown)).as("missing from %s", id).isEmpty();
        assertThat(without(shown, expected)).as("too much in %s", id).isEmpty();
        assertForwarded(id, json, trace);
    }

    private static Map<Shown, Integer> without(Map<Shown, Integer> all, Map<Shown, Integer> others) {
        Map<Shown, Integer> rest = new HashMap<>(all);
        rest.entrySet().removeAll(others.entrySet());
        return rest;
    }

    /** What the agent itself printed is preferred to what the orchestrator forwarded. */
    private static void assertForwarded(String id, JsonNode json, List<Expected> trace) {
        Map<ObjectNode, Boolean> onlyForwarded = new HashMap<>();
        trace.forEach(line -> onlyForwarded.merge(line.essence(), line.forwarded, Boolean::logicalAnd));
        for (JsonNode line : json.path("lines")) {
            assertThat(line.path("forwarded").booleanValue())
                    .as("%s: forwarded: %s", id, line)
                    .isEqualTo(onlyForwarded.get(essence((ObjectNode) line.path("fields"))));
        }
    }

    private static Map<Shown, Integer> expected(List<Expected> trace) {
        Map<Shown, Integer> expected = new HashMap<>();
        Map<ObjectNode, Integer> copies = new HashMap<>();
        Map<ObjectNode, String> tiers = new HashMap<>();
        for (Expected line : trace) {
            if (line.timed()) {
                copies.merge(line.essence(), line.count, Integer::sum);
                tiers.putIfAbsent(line.essence(), line.tier);
            } else {
                expected.merge(new Shown(line.essence(), line.tier, 1), line.count, Integer::sum);
            }
        }
        copies.forEach(
                (essence, count) -> expected.put(new Shown(essence, String.valueOf(tiers.get(essence)), count), 1));
        return expected;
    }

    private static void checkLines(String id, HttpResponse<byte[]> answer, List<Expected> trace) {
        assertThat(answer.statusCode()).as(id).isEqualTo(200);
        Set<String> known = trace.stream()
                .map(line -> line.text.strip().replace('\n', ' ').replace('\r', ' '))
                .collect(Collectors.toSet());
        List<String> lines = RunningSpoor.text(answer).lines().toList();
        assertThat(lines).as("bytes of %s", id).isSubsetOf(known);
        assertThat(lines)
                .as("number of lines of %s", id)
                .hasSize(expected(trace).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
