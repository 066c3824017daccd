package io.spoor.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.runtime.settings.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final Address ANY = new Address("127.0.0.1", 0);

    @TempDir
    Path temp;

    @Test
    void what_was_acknowledged_is_there_after_a_restart() throws Exception {
        try (DataDirectory data = DataDirectory.open(temp.resolve("data"));
                EmbeddedBroker broker = EmbeddedBroker.start(data, ANY, sentence -> {})) {
            create(broker, "kept");
            send(broker, "kept", "one", "two");
        }
        try (DataDirectory data = DataDirectory.open(temp.resolve("data"));
                EmbeddedBroker broker = EmbeddedBroker.start(data, ANY, sentence -> {})) {
            send(broker, "kept", "three");
            assertThat(read(broker, "kept", 3)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void a_record_of_eight_mebibytes_fits() throws Exception {
        try (DataDirectory data = DataDirectory.open(temp.resolve("data"));
                EmbeddedBroker broker = EmbeddedBroker.start(data, ANY, sentence -> {})) {
            create(broker, "large");
            String chunk = "x".repeat(8 << 20);
            send(broker, "large", chunk);
            assertThat(read(broker, "large", 1)).containsExactly(chunk);
        }
    }

    private static void create(EmbeddedBroker broker, String topic) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", broker.address().toString()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void send(EmbeddedBroker broker, String topic, String... values) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.address().toString(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        9 << 20),
                new StringSerializer(),
                new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }

    private static List<String> read(EmbeddedBroker broker, String topic, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.address().toString(),
                        ConsumerConfig.GROUP_ID_CONFIG, "reader",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Instant deadline = Instant.now().plusSeconds(20);
            while (values.size() < count && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
