package io.spoor.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spoor.model.EnrichedLine;
import io.spoor.model.Level;
import io.spoor.model.Stamp.Flag;
import io.spoor.model.Topics;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doors and wrappers say of a line, from the raw record to the enriched line. */
class BesideTest {
    private static final Topics TOPICS = new Topics("spoor");
    private static final String OTLP = """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":17,"traceId":"5B8EFFF798038103D269B633813FC60C",
            "body":{"stringValue":"{\\"message\\":\\"x\\"}"},"attributes":[{"key":"requestId","value":{"stringValue":"r9"}},
            {"key":"spoor","value":{"kvlistValue":{"values":[]}}}]}]}]}]}""";

    @TempDir
    Path directory;

    private TopologyTestDriver driver;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        EnrichSettings settings = Settings.load(SettingsSources.none()).read(EnrichSettings::from);
        driver = new TopologyTestDriver(EnrichTopology.of(settings, TOPICS, new SimpleMeterRegistry()), properties);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void a_line_without_ids_and_level_of_its_own_has_those_of_its_metadata() {
        TestRecord<byte[], byte[]> line =
                enriched("plain text", Map.of("runId", "r1", "level", "WARN", "file", "/\"l"));
        EnrichedLine read = EnrichedLine.of(line.value());
        assertThat(new String(line.key(), UTF_8)).isEqualTo("run:r1");
        assertThat(read.stamp().level()).isEqualTo(Level.WARN);
        assertThat(read.stamp().meta()).contains("\"file\":\"/\\\"l\"", "\"runId\":\"r1\"");
        assertThat(read.stamp().has(Flag.TEXT)).isTrue();
        assertThat(read.original()).isEqualTo("{\"message\":\"plain text\"}".getBytes(UTF_8));
    }

    @Test
    void its_own_go_first_and_its_bytes_stay() {
        String own = "{\"runId\":\"r1\",\"level\":\"error\"}";
        TestRecord<byte[], byte[]> line =
                enriched(own, Map.of("runId", "r2", "requestId", "q", "detected_level", "info"));
        EnrichedLine read = EnrichedLine.of(line.value());
        assertThat(new String(line.key(), UTF_8)).isEqualTo("run:r1");
        assertThat(read.stamp().level()).isEqualTo(Level.ERROR);
        assertThat(read.original()).isEqualTo(own.getBytes(UTF_8));
        assertThat(read(TOPICS.links()))
                .extracting(r -> new String(r.key(), UTF_8))
                .contains("req:q", "run:r1");
    }

    @Test
    void attributes_of_otlp_are_beside_a_json_body() {
        TestRecord<byte[], byte[]> line = enriched(OTLP, Map.of("extra", "e"));
        EnrichedLine read = EnrichedLine.of(line.value());
        assertThat(new String(line.key(), UTF_8)).isEqualTo("req:r9");
        assertThat(read.stamp().level()).isEqualTo(Level.ERROR);
        assertThat(read.original()).isEqualTo("{\"message\":\"x\"}".getBytes(UTF_8));
        assertThat(read.stamp().meta())
                .isEqualTo("{\"extra\":\"e\",\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"requestId\":\"r9\","
                        + "\"_spoor\":{}}");
        assertThat(read(TOPICS.links()))
                .extracting(r -> new String(r.key(), UTF_8))
                .contains("otel:5b8efff798038103d269b633813fc60c");
    }

    @Test
    void more_metadata_than_a_line_can_carry_is_left_out_and_said_so() {
        EnrichedLine read =
                EnrichedLine.of(enriched("x", Map.of("a", "v".repeat(70_000))).value());
        assertThat(read.stamp().meta()).isEqualTo("{\"omitted\":\"70008 bytes\"}");
    }

    @Test
    void a_line_of_which_nothing_was_said_has_no_metadata() {
        assertThat(EnrichedLine.of(enriched("x", Map.of()).value()).stamp().meta())
                .isNull();
    }

    private TestRecord<byte[], byte[]> enriched(String line, Map<String, String> meta) {
        RecordHeaders headers = new RecordHeaders();
        meta.forEach((name, value) -> headers.add("spoor.meta." + name, value.getBytes(UTF_8)));
        driver.createInputTopic(TOPICS.logsRaw(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(null, line.getBytes(UTF_8), headers, 1_773_311_400_000L));
        return read(TOPICS.lines()).get(0);
    }

    private List<TestRecord<byte[], byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }
}
