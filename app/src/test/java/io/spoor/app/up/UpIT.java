package io.spoor.app.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.SpoorProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
    private static final String READY = "Spoor is ready";

    @TempDir
    Path work;

    private String kafka = "";

    @BeforeEach
    void take_a_free_port() throws IOException {
        kafka = "127.0.0.1:" + freePort();
    }

    @Test
    void the_first_signal_closes_in_order() throws Exception {
        try (SpoorProcess spoor = up()) {
            spoor.awaitOut(READY);
            spoor.signal("TERM");
            assertThat(spoor.awaitExit()).isZero();
            assertThat(spoor.err()).endsWith("Closing ... (Ctrl-C again ends at once)\nClosed.\n");
            assertThat(spoor.err().lines())
                    .as("stderr of a start and a stop with nothing wrong")
                    .noneMatch(line -> line.matches(".*( WARN | ERROR |Exception|\tat ).*"));
        }
    }

    @Test
    void what_was_acknowledged_survives_kill_9() throws Exception {
        try (SpoorProcess spoor = up()) {
            spoor.awaitOut(READY);
            send(1_000);
            spoor.signal("KILL");
            spoor.awaitExit();
        }
        try (SpoorProcess spoor = up()) {
            spoor.awaitOut(READY);
            assertThat(records()).isEqualTo(1_000);
        }
    }

    @Test
    void a_data_directory_in_use_is_one_sentence() throws Exception {
        try (SpoorProcess first = up()) {
            first.awaitOut(READY);
            try (SpoorProcess second = up()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.out()).isEmpty();
                assertThat(second.err().lines()).singleElement().asString().contains("in use by another Spoor process");
            }
        }
    }

    @Test
    void a_taken_port_is_one_sentence() throws Exception {
        int port = Integer.parseInt(kafka.substring(kafka.indexOf(':') + 1));
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                SpoorProcess spoor = up()) {
            assertThat(spoor.awaitExit()).isEqualTo(1);
            assertThat(spoor.err())
                    .isEqualTo("Port " + other.getLocalPort()
                            + " on 127.0.0.1 is taken by another process. Free it, or choose another with --kafka.\n");
        }
    }

    private SpoorProcess up() throws IOException {
        return SpoorProcess.start(work, "up", "--data", "data", "--kafka", kafka, "--http", "127.0.0.1:" + freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void send(int records) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                acknowledgements.add(producer.send(new ProducerRecord<>("kept", new byte[100])));
            }
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        }
    }

    private long records() throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition("kept", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            ListOffsetsResultInfo end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get();
            return end.offset();
        }
    }
}
