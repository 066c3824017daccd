package io.spoor.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spoor.model.EnrichedLine;
import io.spoor.model.Stamp;
import io.spoor.model.Topics;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.FactJson;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The enrich topology with its real settings, fed record by record. */
final class EnrichDriver implements AutoCloseable {
    static final Topics TOPICS = new Topics("spoor");
    static final long ARRIVAL = Instant.parse("2026-11-23T20:05:36.122Z").toEpochMilli();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> raw;

    EnrichDriver() {
        driver = new TopologyTestDriver(EnrichTopology.of(settings(), TOPICS, meters), new Properties());
        raw = driver.createInputTopic(TOPICS.logsRaw(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static EnrichSettings settings() {
        return Settings.load(SettingsSources.none()).read(EnrichSettings::from);
    }

    EnrichDriver pipe(String value) {
        return pipe(value.getBytes(UTF_8), Map.of());
    }

    EnrichDriver pipe(String value, Map<String, String> headers) {
        return pipe(value.getBytes(UTF_8), headers);
    }

    EnrichDriver pipe(byte @Nullable [] value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        raw.pipeInput(new TestRecord<>(null, value, all, ARRIVAL));
        return this;
    }

    List<Line> lines() {
        return output(TOPICS.lines()).readRecordsToList().stream()
                .map(record -> new Line(
                        record.key() == null ? null : new String(record.key(), UTF_8),
                        record.timestamp(),
                        new String(record.value(), UTF_8)))
                .toList();
    }

    Line line() {
        List<Line> lines = lines();
        if (lines.size() != 1) {
            throw new AssertionError(lines.size() + " lines");
        }
        return lines.get(0);
    }

    /** As {@code key > value}. */
    List<String> links() {
        return output(TOPICS.links()).readRecordsToList().stream()
                .map(link -> new String(link.key(), UTF_8) + " > " + new String(link.value(), UTF_8))
                .toList();
    }

    List<Fact> facts() {
        return factRecords().stream().map(fact -> FactJson.read(fact.value())).toList();
    }

    List<TestRecord<byte[], byte[]>> factRecords() {
        return output(TOPICS.runs()).readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> letters() {
        return output(TOPICS.deadLetters()).readRecordsToList();
    }

    double counted(String meter, String tag, String value) {
        return meters.get(meter).tag(tag, value).counter().count();
    }

    double counted(String meter) {
        return meters.get(meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        driver.close();
    }

    /** A record of {@code spoor.lines}. */
    record Line(@Nullable String key, long timestamp, String text) {
        Stamp stamp() {
            return EnrichedLine.of(text.getBytes(UTF_8)).stamp();
        }

        String original() {
            return new String(EnrichedLine.of(text.getBytes(UTF_8)).original(), UTF_8);
        }
    }
}
