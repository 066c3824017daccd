package io.spoor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.up.RunningSpoor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka took while Spoor was away. */
class CatchUpIT {
    /** Some seconds of work. */
    private static final int BACKLOG = 60_000;

    @TempDir
    Path data;

    @Test
    void an_id_in_the_backlog_is_answered_503_until_it_is_found_and_never_404() {
        try (RunningSpoor spoor = RunningSpoor.start(data, Map.of())) {
            spoor.awaitCaughtUp();
            spoor.restart(() -> produce(spoor.topics().logsRaw()));
            Set<Integer> seen = new TreeSet<>();
            Awaitility.await("the last line of the backlog")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        HttpResponse<byte[]> answer = spoor.get("/api/v1/traces/of-run-" + (BACKLOG - 1));
                        if (answer.statusCode() == 503) {
                            assertThat(answer.headers().firstValue("Retry-After"))
                                    .hasValue("1");
                            assertThat(RunningSpoor.json(answer).path("type").textValue())
                                    .endsWith("/unavailable");
                        }
                        seen.add(answer.statusCode());
                        return answer.statusCode() != 503;
                    });
            assertThat(seen).isSubsetOf(200, 503);
            spoor.awaitCaughtUp();
            assertThat(spoor.get("/api/v1/traces/run-0").statusCode()).isEqualTo(200);
            assertThat(spoor.get("/api/v1/traces/of-run-" + BACKLOG).statusCode())
                    .isEqualTo(404);
        }
    }

    private static void produce(String topic) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.bootstrap(), "acks", "all", "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            for (int i = 0; i < BACKLOG; i++) {
                String line = "{\"timestamp\":\"" + Instant.now() + "\",\"level\":\"info\",\"message\":\"line " + i
                        + "\",\"runId\":\"run-" + i + "\",\"requestId\":\"of-run-" + i + "\"}";
                acknowledgements.add(producer.send(new ProducerRecord<>(topic, line.getBytes(UTF_8))));
            }
            producer.flush();
            assertThat(acknowledgements)
                    .allSatisfy(each -> assertThat(each.get().hasOffset()).isTrue());
        }
    }
}
