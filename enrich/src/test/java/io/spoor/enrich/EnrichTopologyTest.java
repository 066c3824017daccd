package io.spoor.enrich;

import static io.spoor.enrich.EnrichDriver.ARRIVAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spoor.enrich.EnrichDriver.Line;
import io.spoor.model.Level;
import io.spoor.model.Milestone;
import io.spoor.model.Stamp.Flag;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichTopologyTest {
    private static final String AT = "2026-11-23T20:05:35.000Z";
    private static final long AT_MILLIS = Instant.parse(AT).toEpochMilli();

    private EnrichDriver enrich;

    @BeforeEach
    void open() {
        enrich = new EnrichDriver();
    }

    @AfterEach
    void close() {
        enrich.close();
    }

    @Test
    void the_topology_is_the_one_that_was_reviewed() throws IOException {
        String description = EnrichTopology.of(EnrichDriver.settings(), EnrichDriver.TOPICS, new SimpleMeterRegistry())
                .describe()
                .toString();
        Path golden = Path.of("src", "test", "resources", "golden", "topology.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, description);
        }
        assertThat(description).isEqualTo(Files.readString(golden));
    }

    @Test
    void a_line_keeps_its_bytes_and_its_time_and_goes_to_its_run() {
        String original = "{ \"requestId\":\"q1\",\"runId\":\"r1\", \"message\":\"hü\",\"timestamp\":\"" + AT + "\" }";

        Line line = enrich.pipe(original).line();

        assertThat(line.key()).isEqualTo("run:r1");
        assertThat(line.timestamp()).isEqualTo(AT_MILLIS);
        assertThat(line.text())
                .startsWith(original.substring(0, original.length() - 2))
                .endsWith("}}")
                .contains(",\"spoor\":{\"id\":\"0-0\"");
        assertThat(line.stamp().at()).isEqualTo(AT_MILLIS);
        assertThat(line.stamp().flags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"otlp, otlp", "kafka, kafka/otlp", "http, http/otlp"})
    void a_line_says_by_which_door_and_in_what_it_came_and_nothing_twice(String door, String via) {
        Line line = enrich.pipe(
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"x\"}}]}]}]}",
                        Map.of("spoor.via", door))
                .line();

        assertThat(line.stamp().via()).isEqualTo(via);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{'runId':'r','requestId':'q','jobId':'j'}         | run:r",
                "{'jobId':'j','requestId':'q'}                     | req:q",
                "{'jobId':'j','traceId':'0af7651916cd43dd'}        | job:j",
                "{'msg':'m','run_id':'r','job_id':'j'}             | run:r",
                "{'run_id':'r','job_id':'j'}                       | none",
                "{'level':'info','runId':'','run_id':'r'}          | run:r",
                "{'runId':7}                                       | run:7",
                "{'traceId':'0af7651916cd43dd','deliveryId':'d'}   | none",
                "{'runId':null,'requestId':{'a':1},'jobId':[1]}    | none",
                "{'runId':'a b','requestId':'q'}                   | req:q",
                "{'message':'no ids'}                              | none",
            })
    void a_line_goes_to_the_trail_of_its_strongest_id(String line, String key) {
        assertThat(enrich.pipe(line.replace('\'', '"')).line().key()).isEqualTo(key);
    }

    @Test
    void further_ids_are_linked_both_ways_and_once_an_hour() {
        String line = "{\"runId\":\"r\",\"requestId\":\"q\",\"deliveryId\":\"d\",\"timestamp\":\"%s\"}";

        enrich.pipe(line.formatted("2026-11-23T20:01:00Z")).pipe(line.formatted("2026-11-23T20:02:00Z"));
        assertThat(enrich.links())
                .containsExactly("req:q > run:r", "run:r > req:q", "delivery:d > run:r", "run:r > delivery:d");

        enrich.pipe(line.formatted("2026-11-23T19:59:00Z"));
        assertThat(enrich.links()).hasSize(4);
    }

    @Test
    void a_line_with_weak_ids_alone_links_nothing() {
        enrich.pipe("{\"traceId\":\"0af7651916cd43dd\",\"deliveryId\":\"d\"}");

        assertThat(enrich.links()).isEmpty();
    }

    @Test
    void what_a_line_tells_of_its_run_becomes_a_fact() {
        enrich.pipe("{\"message\":\"Job status update\",\"runId\":\"r\",\"jobId\":\"j\",\"state\":\"running\","
                + "\"timestamp\":\"" + AT + "\"}");

        TestRecord<byte[], byte[]> fact = enrich.factRecords().get(0);
        assertThat(new String(fact.key(), UTF_8)).isEqualTo("run:r");
        assertThat(fact.timestamp()).isEqualTo(AT_MILLIS);
        assertThat(enrich.line().stamp().milestone()).isEqualTo(Milestone.JOB_STARTED);
    }

    @Test
    void ids_in_snake_case_make_facts_too() {
        enrich.pipe("{\"message\":\"Job recovered from agent reconnection\",\"run_id\":\"r\",\"job_id\":\"j\","
                + "\"agent_id\":\"a\"}");

        assertThat(enrich.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.runId()).isEqualTo("r");
            assertThat(fact.change()).isEqualTo(new Change.JobMoved("j", JobState.RUNNING, null, "a", null, null));
        });
    }

    @Test
    void text_is_wrapped_and_counted() {
        Line line = enrich.pipe("    at x (y.ts:1:2)\n  and more").line();

        assertThat(line.key()).isNull();
        assertThat(line.timestamp()).isEqualTo(ARRIVAL);
        assertThat(line.original()).isEqualTo("{\"message\":\"    at x (y.ts:1:2)\\n  and more\"}");
        assertThat(line.stamp().flags()).containsExactlyInAnyOrder(Flag.TEXT, Flag.UNTIMED);
        assertThat(enrich.counted("spoor.enrich.lines", "format", "text")).isEqualTo(1);
    }

    @Test
    void broken_json_is_text() {
        assertThat(enrich.pipe("{\"runId\":\"r\",").line().original())
                .isEqualTo("{\"message\":\"{\\\"runId\\\":\\\"r\\\",\"}");
    }

    @Test
    void blank_records_are_dropped_and_counted() {
        enrich.pipe(" \r\n\t").pipe((byte[]) null, Map.of());

        assertThat(enrich.lines()).isEmpty();
        assertThat(enrich.letters()).isEmpty();
        assertThat(enrich.counted("spoor.enrich.dropped", "reason", "empty")).isEqualTo(1);
        assertThat(enrich.counted("spoor.enrich.dropped", "reason", "tombstone"))
                .isEqualTo(1);
    }

    @Test
    void what_cannot_be_a_line_becomes_a_letter_that_says_why() {
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0};
        enrich.pipe(
                gzip,
                Map.of(
                        "spoor.service",
                        "agent",
                        "spoor.env",
                        "prod",
                        "spoor.via",
                        "http",
                        "spoor.at",
                        "1773311400123456789"));

        TestRecord<byte[], byte[]> letter = enrich.letters().get(0);
        assertThat(letter.key()).isEqualTo("0-0".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(gzip);
        assertThat(letter.timestamp()).isEqualTo(ARRIVAL);
        assertThat(headersOf(letter))
                .containsEntry("spoor.reason", "compressed")
                .containsEntry("spoor.origin", "spoor.logs.raw/0/0")
                .containsEntry("spoor.attempts", "1")
                .containsEntry("spoor.via", "http")
                .containsEntry("spoor.service", "agent")
                .containsEntry("spoor.env", "prod")
                .containsEntry("spoor.at", "1773311400123000000")
                .containsKeys("spoor.detail", "spoor.arrived")
                .hasSize(9);
        assertThat(enrich.counted("spoor.enrich.rejected", "reason", "compressed"))
                .isEqualTo(1);
        assertThat(enrich.lines()).isEmpty();
    }

    @Test
    void one_bad_line_among_others_is_one_letter() {
        enrich.pipe("{\"a\":1}\n" + "{\"a\":".repeat(70) + "1" + "}".repeat(70) + "\n{\"b\":2}");

        assertThat(enrich.lines()).extracting(Line::original).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(enrich.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("0-0-1".getBytes(UTF_8));
            assertThat(headersOf(letter)).containsEntry("spoor.reason", "too_deep");
        });
    }

    @Test
    void a_record_larger_than_a_message_may_be_is_cut_to_fit_and_says_so() {
        byte[] huge = new byte[(8 << 20) + 5];
        Arrays.fill(huge, (byte) 'x');

        enrich.pipe(huge, Map.of());

        assertThat(enrich.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.value()).hasSize(8 << 20);
            assertThat(headersOf(letter))
                    .containsEntry("spoor.reason", "record_too_large")
                    .containsEntry("spoor.cut-from", Integer.toString((8 << 20) + 5));
        });
    }

    @Test
    void labels_come_from_headers_and_are_bounded() {
        Line line = enrich.pipe(
                        "{\"message\":\"x\"}",
                        Map.of(
                                "spoor.service", "agent-7",
                                "spoor.host", "h\u0007",
                                "spoor.env", "e".repeat(257),
                                "spoor.instance", " i ",
                                "spoor.via", "loki"))
                .line();

        assertThat(line.stamp().service()).isEqualTo("agent-7");
        assertThat(line.stamp().tier()).isEqualTo("agent");
        assertThat(line.stamp().host()).isEqualTo("h_");
        assertThat(line.stamp().env()).isNull();
        assertThat(line.stamp().instance()).isEqualTo("i");
        assertThat(line.stamp().via()).isEqualTo("loki");
    }

    @Test
    void a_record_of_no_door_came_by_kafka() {
        assertThat(enrich.pipe("{\"message\":\"x\"}", Map.of("spoor.at", "soon"))
                        .line()
                        .stamp())
                .satisfies(stamp -> {
                    assertThat(stamp.via()).isEqualTo("kafka");
                    assertThat(stamp.at()).isEqualTo(ARRIVAL);
                    assertThat(stamp.tier()).isEqualTo("unknown");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{'service':'agent','agentId':'a'}           | orchestrator | agent        | true",
                "{'service':'agent'}                         | agent        | agent        | false",
                "{'service':'kici-agent'}                    | agent-2      | agent        | false",
                "{'service':'agent'}                         | none         | agent        | false",
                "{'message':'x'}                             | orchestrator | orchestrator | false",
                "{'service':'agent','logsSource':'podman'}   | agent        | agent        | true",
                "{'service':' '}                             | platform     | platform     | false",
                "{'service':7}                               | postgres-orch| database     | false",
                "{'service':'billing'}                       | none         | billing      | false",
                "{'message':'x'}                             | none         | unknown      | false",
            })
    void the_tier_is_the_one_that_produced_the_line(String line, String label, String tier, boolean forwarded) {
        Map<String, String> headers = label == null ? Map.of() : Map.of("spoor.service", label);

        Line enriched = enrich.pipe(line.replace('\'', '"'), headers).line();

        assertThat(enriched.stamp().tier()).isEqualTo(tier);
        assertThat(enriched.stamp().forwarded()).isEqualTo(forwarded);
        assertThat(enriched.stamp().service()).isEqualTo(label);
    }

    @Test
    void a_service_that_is_no_name_does_not_become_a_tier() {
        Line line = enrich.pipe("{\"service\":\"" + "s".repeat(100_000) + "\"}", Map.of("spoor.service", "agent"))
                .line();

        assertThat(line.stamp().tier()).isEqualTo("agent");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T20:16:36.122Z, true", // 11 min ahead
        "2026-11-23T20:15:36.122Z, false",
        "2026-11-20T20:05:36.121Z, true", // a millisecond older than 72 h
        "2026-11-20T20:05:36.122Z, false",
        "1970-01-01T00:00:01Z, true",
        "2100-01-01T00:00:00Z, true",
    })
    void a_time_absurdly_far_off_is_replaced_by_the_arrival_and_said_so(String time, boolean skewed) {
        Line line = enrich.pipe("{\"timestamp\":\"" + time + "\"}").line();

        assertThat(line.stamp().has(Flag.SKEWED)).isEqualTo(skewed);
        assertThat(line.timestamp())
                .isEqualTo(skewed ? ARRIVAL : Instant.parse(time).toEpochMilli());
    }

    @Test
    void several_lines_in_a_record_are_numbered() {
        enrich.pipe("{\"a\":1}\n\n{\"a\":2}").pipe("{\"a\":3}");

        assertThat(enrich.lines())
                .extracting(line -> line.stamp().id().toString())
                .containsExactly("0-0-0", "0-0-1", "0-1");
    }

    @Test
    void the_same_record_at_the_same_place_gives_the_same_bytes() {
        String record = "{\"runId\":\"r\",\"requestId\":\"q\",\"message\":\"Execution started\"}\ntext\n"
                + "{\"a\":".repeat(65) + "1" + "}".repeat(65);

        try (EnrichDriver again = new EnrichDriver()) {
            enrich.pipe(record);
            again.pipe(record);

            assertThat(again.lines()).usingRecursiveComparison().isEqualTo(enrich.lines());
            assertThat(again.links()).isEqualTo(enrich.links());
            assertThat(again.factRecords())
                    .isNotEmpty()
                    .usingRecursiveComparison()
                    .isEqualTo(enrich.factRecords());
            assertThat(again.letters()).isNotEmpty().usingRecursiveComparison().isEqualTo(enrich.letters());
        }
    }

    /** Kafka Streams tells of a write that failed at a later forward, once: whoever swallowed it would lose that write. */
    @Test
    void a_failure_to_write_stops_the_task_and_is_not_taken_for_a_bad_record() {
        List<Record<byte[], byte[]>> letters = new ArrayList<>();
        EnrichMeters counts = new EnrichMeters(new SimpleMeterRegistry());
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Topology topology = new Topology()
                .addSource("read", bytes, bytes, "in")
                .addProcessor("enrich", () -> new RecordEnricher(EnrichDriver.settings(), counts), "read")
                .addProcessor(
                        EnrichTopology.LINES,
                        () -> sink(record -> {
                            throw new KafkaException("a write before this one has failed");
                        }),
                        "enrich")
                .addProcessor(EnrichTopology.DEAD_LETTERS, () -> sink(letters::add), "enrich");

        try (TopologyTestDriver driver = new TopologyTestDriver(topology, new Properties())) {
            var in = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());

            assertThatThrownBy(() -> in.pipeInput("{\"a\":1}".getBytes(UTF_8)))
                    .hasRootCauseInstanceOf(KafkaException.class);
            assertThat(letters).isEmpty();
        }
    }

    private static Processor<byte[], byte[], Void, Void> sink(Consumer<Record<byte[], byte[]>> taker) {
        return taker::accept;
    }

    @Test
    void levels_and_milestones_are_read_off_the_line() {
        Line line = enrich.pipe("{\"level\":\"FATAL\",\"message\":\"EXECUTION started\"}")
                .line();

        assertThat(line.stamp().level()).isEqualTo(Level.ERROR);
        assertThat(line.stamp().milestone()).isEqualTo(Milestone.RUN_STARTED);
    }

    @Test
    void hostile_records_are_accounted_for_whatever_they_hold() {
        Random random = new Random(20261123);
        List<byte[]> seeds = seeds();
        for (int i = 0; i < 2_000; i++) {
            byte[] record = mutated(seeds.get(random.nextInt(seeds.size())), random);
            double before = enrich.counted("spoor.enrich.dropped");
            enrich.pipe(record, Map.of("spoor.service", new String(mutated("agent".getBytes(UTF_8), random), UTF_8)));
            int lines = enrich.lines().size();
            List<TestRecord<byte[], byte[]>> letters = enrich.letters();
            double dropped = enrich.counted("spoor.enrich.dropped") - before;

            assertThat(lines + letters.size() + dropped)
                    .as("outputs of %s", Arrays.toString(record))
                    .isPositive();
            assertThat(letters)
                    .noneMatch(letter -> "internal".equals(headersOf(letter).get("spoor.reason")));
        }
        enrich.links();
        assertThat(enrich.facts()).isNotEmpty();
    }

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String seed : List.of(
                "{\"level\":\"info\",\"message\":\"Job status update\",\"runId\":\"r\",\"jobId\":\"j\",\"state\":\"failed\","
                        + "\"error\":{\"message\":\"\\ud800\"},\"failureData\":\"{\\\"stepResults\\\":[{\\\"error\\\":1}]}\"}",
                "{\"message\":\"Execution completed\",\"runId\":\"r\",\"status\":\"success\",\"durationMs\":1e99}",
                "{\"message\":\"Execution marked failed\",\"runId\":\"r\",\"error\":{\"message\":\"\\udc00 x\"}}",
                "{\"message\":\"Job status update\",\"runId\":\"r\",\"jobId\":\"j\",\"state\":\"x\",\"failureData\":"
                        + "\"{\\\"error\\\":\\\"\\\\ud83d\\\"}\"}",
                "{\"message\":\"Replaced synthetic job entry with real job\",\"runId\":\"r\",\"realJobId\":\"j\","
                        + "\"syntheticId\":\"needs-pending-test-d55fee16-636c-489e-a32f-ce83060b2fe3\"}",
                "{\"log\":\"{\\\"a\\\":1}\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T20:05:35Z\"}",
                "[{\"runId\":\"r\"},{\"level\":30,\"msg\":\"x\",\"time\":1773311400000}]",
                "[workflow-runner:stdout] {\"level\":\"info\"}",
                "2026-11-23T20:05:35Z stdout F {\"requestId\":\"q\"}",
                "{\"streams\":[{\"stream\":{\"service\":\"a\"},\"values\":[[\"1773311400000000000\",\"x\"]]}]}")) {
            seeds.add(seed.getBytes(UTF_8));
        }
        return seeds;
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int n = random.nextInt(6); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\"{}[],:\\\n\u00000eE-.".charAt(random.nextInt(15));
                case 2 -> bytes = at == 0 ? bytes : Arrays.copyOf(bytes, at);
                default -> {
                    byte[] twice = Arrays.copyOf(bytes, bytes.length + at);
                    System.arraycopy(bytes, 0, twice, bytes.length, at);
                    bytes = twice;
                }
            }
        }
        return bytes;
    }

    private static Map<String, String> headersOf(TestRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
