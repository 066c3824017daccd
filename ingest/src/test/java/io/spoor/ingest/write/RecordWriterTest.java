package io.spoor.ingest.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.ingest.wire.LogBody;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.Shipment;
import io.spoor.model.Topics;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.meter.Meters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against Kafka's own in-memory producer; what a broker does is the concern of the integration tests. */
@Timeout(20)
class RecordWriterTest {
    private static final String RAW = "spoor.logs.raw";
    private static final Node NODE = new Node(1, "broker", 9092);

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            cluster(NODE, NODE, NODE), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final RecordWriter writer = writer(producer);

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void a_shipment_stays_together_and_in_order_and_the_next_goes_elsewhere() throws Exception {
        writer.write(RawTopic.LOGS, shipment("a\nb\nc"));
        writer.write(RawTopic.LOGS, shipment("d\ne"));
        List<ProducerRecord<byte[], byte[]>> sent = producer.history();
        assertThat(sent)
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(sent.subList(0, 3))
                .extracting(ProducerRecord::partition)
                .containsOnly(sent.get(0).partition());
        assertThat(sent.get(3).partition()).isNotEqualTo(sent.get(0).partition());
        assertThat(sent).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo(RAW);
            assertThat(record.key()).isNull();
            assertThat(text(record.headers().lastHeader("spoor.service"))).isEqualTo("s");
        });
    }

    @Test
    void a_partition_without_a_leader_is_passed_over() throws Exception {
        MockProducer<byte[], byte[]> oneLed = new MockProducer<>(
                cluster(null, NODE, null), true, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (RecordWriter led = writer(oneLed)) {
            for (int i = 0; i < 5; i++) {
                led.write(RawTopic.LOGS, shipment("x"));
            }
        }
        assertThat(oneLed.history())
                .hasSize(5)
                .extracting(ProducerRecord::partition)
                .containsOnly(1);
    }

    @Test
    void a_refused_line_is_a_dead_letter_with_its_cause() throws Exception {
        writer.write(RawTopic.LOGS, shipment("a\n" + "y".repeat(2_000)));
        ProducerRecord<byte[], byte[]> letter = producer.history().get(1);
        assertThat(letter.topic()).isEqualTo("spoor.dead-letters");
        assertThat(letter.value()).hasSize(2_000);
        assertThat(text(letter.headers().lastHeader("spoor.reason"))).isEqualTo("line_too_large");
        assertThat(text(letter.headers().lastHeader("spoor.origin"))).isEqualTo("door/http");
        assertThat(text(letter.headers().lastHeader("spoor.arrived"))).isEqualTo("7");
        assertThat(letter.headers().lastHeader("spoor.cut-from")).isNull();
        writer.write(RawTopic.LOGS, shipment("a\n" + "y".repeat(2_000)));
        assertThat(producer.history().get(3).key())
                .as("a repeat is the same letter")
                .isEqualTo(letter.key());
    }

    @Test
    void of_a_huge_line_the_letter_keeps_the_first_mebibyte_and_says_so() throws Exception {
        writer.write(RawTopic.LOGS, shipment("y".repeat(9 * 1024 * 1024)));
        ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
        assertThat(letter.value()).hasSize(1024 * 1024);
        assertThat(text(letter.headers().lastHeader("spoor.cut-from"))).isEqualTo("9437184");
    }

    @Test
    void it_returns_only_when_the_last_line_is_acknowledged() throws Exception {
        MockProducer<byte[], byte[]> slow =
                new MockProducer<>(cluster(NODE), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (RecordWriter waiting = writer(slow)) {
            CompletableFuture<Void> write = CompletableFuture.runAsync(() -> write(waiting, shipment("a\nb")));
            await("both are sent").until(() -> slow.history().size() == 2);
            slow.completeNext();
            assertThat(write).isNotDone();
            slow.completeNext();
            write.join();
        }
    }

    @Test
    void one_line_not_taken_is_the_whole_shipment_unavailable() {
        MockProducer<byte[], byte[]> failing =
                new MockProducer<>(cluster(NODE), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (RecordWriter waiting = writer(failing)) {
            CompletableFuture<Void> write = CompletableFuture.runAsync(() -> write(waiting, shipment("a\nb")));
            await("both are sent").until(() -> failing.history().size() == 2);
            failing.completeNext();
            failing.errorNext(new TimeoutException("away"));
            assertThatThrownBy(write::join).rootCause().hasMessage("away");
        }
    }

    @Test
    void silence_and_a_closed_producer_are_unavailable() {
        MockProducer<byte[], byte[]> silent =
                new MockProducer<>(cluster(NODE), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (RecordWriter waiting = writer(silent)) {
            assertThatThrownBy(() -> waiting.write(RawTopic.LOGS, shipment("a")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("does not answer");
        }
        producer.close();
        assertThatThrownBy(() -> writer.write(RawTopic.LOGS, shipment("a"))).isInstanceOf(Unavailable.class);
    }

    @Test
    void while_kafka_is_away_fifty_writers_are_turned_away_within_moments() throws Exception {
        KafkaSettings away = new KafkaSettings(
                "127.0.0.1:1",
                new Topics("spoor"),
                1,
                1,
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Map.of());
        try (Meters meters = new Meters();
                RecordWriter nowhere =
                        RecordWriter.open(away, Duration.ofSeconds(10), 1 << 20, meters, InstantSource.system())) {
            assertThatThrownBy(() -> nowhere.write(RawTopic.LOGS, shipment("a")))
                    .isInstanceOf(Unavailable.class);
            long began = System.nanoTime();
            List<CompletableFuture<Void>> writes = IntStream.range(0, 50)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> write(nowhere, shipment("x".repeat(900)))))
                    .toList();
            for (CompletableFuture<Void> write : writes) {
                assertThatThrownBy(write::join).hasMessageContaining("Unavailable");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
    }

    private static void write(RecordWriter writer, Shipment shipment) {
        try {
            writer.write(RawTopic.LOGS, shipment);
        } catch (Unavailable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Shipment shipment(String body) {
        try {
            Map<String, String> headers = Map.of("spoor.via", "http", "spoor.service", "s");
            return LogBody.lines(body.getBytes(UTF_8), false, headers, new LineLimits(100, 1_000));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RecordWriter writer(MockProducer<byte[], byte[]> producer) {
        return new RecordWriter(
                producer,
                new KafkaClientMetrics(producer),
                new Topics("spoor"),
                Duration.ofMillis(500),
                () -> Instant.ofEpochMilli(7));
    }

    private static Cluster cluster(@Nullable Node... leaders) {
        List<PartitionInfo> partitions = IntStream.range(0, leaders.length)
                .mapToObj(i -> new PartitionInfo(RAW, i, leaders[i], new Node[] {NODE}, new Node[] {NODE}))
                .toList();
        return new Cluster("test", List.of(NODE), partitions, Set.of(), Set.of());
    }

    private static String text(@Nullable Header header) {
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
