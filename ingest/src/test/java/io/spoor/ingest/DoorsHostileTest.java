package io.spoor.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.spoor.ingest.wire.ProtoWriter;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.write.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/** What hostile, unlucky or merely unusual clients send, over a real socket. */
@Timeout(60)
class DoorsHostileTest {
    private static final String LOKI = "/loki/api/v1/push";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final byte[] PUSH = new ProtoWriter()
            .message(
                    1,
                    new ProtoWriter()
                            .text(1, "{service=\"o\"}")
                            .message(
                                    2,
                                    new ProtoWriter().text(2, "a line that is long enough to be compressed, a line")))
            .toByteArray();

    @Test
    void a_loki_push_in_protobuf_is_taken_however_its_snappy_block_is_declared() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of())) {
            byte[] block = Snappy.compress(PUSH);
            assertThat(doors.post(LOKI, block, "Content-Type", PROTOBUF).statusCode())
                    .isEqualTo(204);
            assertThat(doors.post(LOKI, block, "Content-Type", "text/x-any").statusCode())
                    .isEqualTo(204);
            assertThat(doors.post(LOKI, block).statusCode()).isEqualTo(204);
            assertThat(doors.post(LOKI, block, "Content-Type", PROTOBUF, "Content-Encoding", "Snappy")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(doors.post(LOKI, gzip(block), "Content-Type", PROTOBUF, "Content-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(doors.taken).hasSize(5).allMatch(each -> each.topic() == RawTopic.LOGS);
            ByteArrayOutputStream framed = new ByteArrayOutputStream();
            try (OutputStream out = new SnappyFramedOutputStream(framed)) {
                out.write(PUSH);
            }
            HttpResponse<byte[]> response = doors.post(LOKI, framed.toByteArray(), "Content-Type", PROTOBUF);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(new String(response.body(), UTF_8)).contains("framed").doesNotContain("{");
            assertThat(doors.inFlightBytes()).isZero();
        }
    }

    @Test
    void an_unknown_coding_is_a_415_that_names_the_known_ones() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of())) {
            for (String path : List.of("/api/v1/logs", "/api/v1/events", "/api/v1/metrics", LOKI, "/v1/logs")) {
                HttpResponse<byte[]> response =
                        doors.post(path, new byte[3], "Content-Type", "application/json", "Content-Encoding", "br");
                assertThat(response.statusCode()).as(path).isEqualTo(415);
                assertThat(response.headers().firstValue("Accept-Encoding"))
                        .hasValueSatisfying(known -> assertThat(known).contains("gzip", "zstd"));
            }
        }
    }

    @Test
    void otlp_is_answered_in_its_own_encoding() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of("ingest.max-line", "2 KiB"))) {
            byte[] request = otlp("x", "y".repeat(3_000));
            HttpResponse<byte[]> partial =
                    doors.post("/v1/logs", gzip(request), "Content-Type", PROTOBUF, "Content-Encoding", "gzip");
            assertThat(partial.statusCode()).isEqualTo(200);
            assertThat(partial.headers().firstValue("Content-Type")).contains(PROTOBUF);
            ExportLogsServiceResponse response = ExportLogsServiceResponse.parseFrom(partial.body());
            assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
            assertThat(response.getPartialSuccess().getErrorMessage()).startsWith("Log record 2: line_too_large");
            assertThat(doors.post("/otlp/v1/logs", otlp("x"), "Content-Type", PROTOBUF)
                            .body())
                    .isEmpty();
            assertThat(text(doors.post("/v1/logs", utf8("{}"), "Content-Type", "application/json")))
                    .isEqualTo("{}");
            HttpResponse<byte[]> malformed = doors.post("/v1/logs", utf8("{"), "Content-Type", "application/json");
            assertThat(malformed.statusCode()).isEqualTo(400);
            assertThat(text(malformed)).startsWith("{\"code\":3,\"message\":\"Byte ");
            HttpResponse<byte[]> broken = doors.post("/v1/logs", new byte[] {10, 5}, "Content-Type", PROTOBUF);
            assertThat(broken.statusCode()).isEqualTo(400);
            assertThat(broken.body()).startsWith(8, 3, 18);
            assertThat(doors.post("/v1/logs", new byte[0], "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(415);
        }
    }

    @Test
    void messages_go_to_their_own_topics_and_errors_name_line_or_index() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of())) {
            assertThat(text(doors.post("/api/v1/events", utf8("{\"type\":\"a\"}\n{\"b\":1}\n"))))
                    .startsWith("{\"accepted\":1,\"rejected\":1,\"errors\":[{\"line\":2,\"reason\":\"no_type\"");
            assertThat(text(doors.post("/api/v1/metrics", utf8("[{\"type\":\"a\"},{\"b\":1}]"))))
                    .startsWith("{\"accepted\":1,\"rejected\":1,\"errors\":[{\"index\":1,\"reason\":\"no_type\"");
            assertThat(doors.taken)
                    .extracting(OpenDoors.Taken::topic)
                    .containsExactly(RawTopic.EVENTS, RawTopic.METRICS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/logs, application/json, [",
        "/api/v1/logs, application/x-ndjson, '{\"a\":'",
        "/api/v1/events, application/json, '{\"type\":'",
        "/api/v1/metrics, application/json, '{\"metrics\":'",
        "/loki/api/v1/push, application/json, '{\"streams\":['",
        "/v1/logs, application/json, '{\"resourceLogs\":['"
    })
    void nesting_ten_thousand_deep_is_no_server_error(String path, String type, String opening) throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of())) {
            assertThat(doors.post(path, utf8(opening + "[".repeat(10_000)), "Content-Type", type)
                            .statusCode())
                    .isLessThan(500);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/logs, application/json",
        "/api/v1/events, application/json",
        "/loki/api/v1/push, application/x-protobuf",
        "/v1/logs, application/x-protobuf"
    })
    void a_gigabyte_that_is_only_declared_is_refused_before_it_is_read(String path, String type) throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of());
                Socket socket = doors.socket()) {
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                                    + "\r\nContent-Length: 1073741824\r\n\r\nxxxx")
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void bombs_are_413_in_every_coding_and_leave_nothing_held() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of())) {
            byte[] bomb = new byte[70 * 1024 * 1024];
            assertThat(doors.post(LOKI, Snappy.compress(bomb), "Content-Type", PROTOBUF)
                            .statusCode())
                    .isEqualTo(413);
            assertThat(doors.post("/v1/logs", gzip(bomb), "Content-Type", PROTOBUF, "Content-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(413);
            // A block may also lie about its length.
            assertThat(doors.post(LOKI, new byte[] {-1, -1, -1, -1, 7, 0}, "Content-Type", PROTOBUF)
                            .statusCode())
                    .isBetween(400, 413);
            assertThat(doors.inFlightBytes()).isZero();
        }
    }

    @Test
    void whoever_drips_a_body_is_let_go_after_the_total_time() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of("http.request-timeout", "1s"));
                Socket socket = doors.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /api/v1/logs HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n".getBytes(US_ASCII));
            await("the server gives up")
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        out.write('x');
                        out.flush();
                        return socket.getInputStream().available() > 0;
                    });
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 408");
            assertThat(doors.inFlightBytes()).isZero();
        }
    }

    @Test
    void a_client_that_sends_too_fast_is_told_when_to_come_back() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of(
                "ingest.rate-limit.exempt-loopback",
                "false",
                "ingest.rate-limit.bytes-per-second",
                "1 KiB",
                "ingest.rate-limit.burst",
                "1 KiB"))) {
            assertThat(doors.post("/api/v1/logs", utf8("x\n".repeat(5_000))).statusCode())
                    .isEqualTo(202);
            for (String path : List.of("/api/v1/logs", LOKI, "/v1/logs")) {
                HttpResponse<byte[]> refused = doors.post(path, utf8("{}"), "Content-Type", "application/json");
                assertThat(refused.statusCode()).as(path).isEqualTo(429);
                assertThat(Integer.parseInt(
                                refused.headers().firstValue("Retry-After").orElse("0")))
                        .isBetween(5, 9);
                assertThat(refused.headers().firstValue("RateLimit-Policy")).contains("\"bytes\";q=1024;w=1");
            }
        }
    }

    @Test
    void kafka_away_is_a_status_that_exporters_repeat() throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of(), (topic, shipment) -> {
            throw new Unavailable("Kafka does not answer.", null);
        })) {
            HttpResponse<byte[]> response = doors.post("/v1/logs", otlp("x"), "Content-Type", PROTOBUF);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("5");
            assertThat(response.body()).startsWith(8, 14, 18);
            assertThat(doors.inFlightBytes()).isZero();
        }
    }

    private static byte[] otlp(String... bodies) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (String body : bodies) {
            scope.addLogRecords(
                    LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(body)));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
