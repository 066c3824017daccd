package io.spoor.app.client.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.TestBroker;
import io.spoor.app.client.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipToKafkaIT {

    @TempDir
    private Path dir;

    @Test
    void lines_go_into_the_raw_topic_in_their_order_with_their_labels() throws Exception {
        String prefix = TestBroker.freshPrefix() + "ship";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(prefix + ".logs.raw", 1, (short) 1)))
                    .all()
                    .get();
        }
        Path file = Files.writeString(
                dir.resolve("agent-x1-2026-03-12.log"), "{\"n\":1}\r\n\nError: boom\n  at a\n{\"n\":2}\n");

        CommandRun run = new CommandRun()
                .of(
                        ShipCommand::new,
                        file.toString(),
                        "--join",
                        "--kafka",
                        TestBroker.bootstrap(),
                        "--topic-prefix",
                        prefix,
                        "--label",
                        "host=h1");

        assertThat(run.exitCode).isZero();
        assertThat(run.err).contains("Shipped 3 lines of 1 file").contains("1 blank line left out.");
        List<ConsumerRecord<String, String>> records = read(prefix + ".logs.raw", 3);
        assertThat(records)
                .extracting(ConsumerRecord::value)
                .containsExactly("{\"n\":1}", "Error: boom\n  at a", "{\"n\":2}");
        assertThat(records).allSatisfy(record -> {
            assertThat(header(record, "spoor.service")).isEqualTo("agent");
            assertThat(header(record, "spoor.instance")).isEqualTo("x1");
            assertThat(header(record, "spoor.host")).isEqualTo("h1");
            assertThat(header(record, "spoor.via")).isEqualTo("file");
        });
    }

    @Test
    void a_broker_that_is_away_is_one_sentence() throws Exception {
        Path file = Files.writeString(dir.resolve("a.log"), "x\n");

        CommandRun run = new CommandRun().of(ShipCommand::new, file.toString(), "--kafka", "127.0.0.1:1");

        assertThat(run.exitCode).isEqualTo(4);
        assertThat(run.err)
                .contains("No broker acknowledged at 127.0.0.1:1. Is it up, is there a topic spoor.logs.raw");
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static List<ConsumerRecord<String, String>> read(String topic, int count) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestBroker.bootstrap()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Instant deadline = Instant.now().plusSeconds(30);
            while (records.size() < count && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
