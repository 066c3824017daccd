package io.spoor.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.spoor.ingest.wire.Line;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.write.Unavailable;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.http.HttpServer;
import io.spoor.runtime.http.HttpSettings;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xerial.snappy.Snappy;

/** The doors over a real socket, before a sink that remembers. */
@Timeout(30)
class DoorsTest {
    private static final String LOGS = "/api/v1/logs";
    private static final String LOKI = "/loki/api/v1/push";
    private static final String PUSH =
            "{\"streams\":[{\"stream\":{\"service\":\"o\"},\"values\":[[\"1\",\"x\"],[\"2\",\"y\"]]}]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Shipment> taken = new CopyOnWriteArrayList<>();
    private final Meters meters = new Meters();
    private volatile boolean away;
    private final HttpServer server = start();

    @AfterEach
    void close() {
        server.close();
        meters.close();
    }

    @Test
    void lines_are_taken_with_202_when_the_sink_has_them() throws Exception {
        HttpResponse<String> response = post(LOGS, "{\"a\":1}\n\n{\"b\":2}\n", "Content-Type", "application/x-ndjson");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":2}");
        assertThat(lines()).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(post(LOGS, "").body()).isEqualTo("{\"accepted\":0}");
    }

    @Test
    void every_media_type_of_the_contract_is_taken_and_others_get_a_hint() throws Exception {
        for (String type : List.of(
                "application/x-ndjson",
                "application/jsonl",
                "Application/JSON; charset=nonsense",
                "text/plain; charset",
                "application/octet-stream")) {
            assertThat(post(LOGS + "?service=s", "{\"a\":1}", "Content-Type", type)
                            .statusCode())
                    .as(type)
                    .isEqualTo(202);
        }
        HttpResponse<String> response = post(LOGS, "x", "Content-Type", "application/msgpack");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Accept"))
                .hasValueSatisfying(v -> assertThat(v).contains("ndjson"));
    }

    @Test
    void labels_come_from_the_query_first_and_then_from_headers() throws Exception {
        post(
                LOGS + "?service=%20orchestr%C3%A4tor%0A&host=&env=" + "e".repeat(257),
                "x",
                "X-Spoor-Service",
                "other",
                "X-Spoor-Host",
                "h1",
                "X-Spoor-Instance",
                " ");
        assertThat(taken.get(0).lines().get(0).headers())
                .containsOnly(
                        Map.entry("spoor.via", "http"),
                        Map.entry("spoor.service", "orchesträtor"),
                        Map.entry("spoor.host", "h1"));
    }

    @Test
    void compressed_bodies_are_taken_in_every_coding() throws Exception {
        byte[] plain = "{\"a\":1}\n{\"b\":2}\n".getBytes(UTF_8);
        byte[] gzip = gzip(plain);
        byte[] twoMembers = Arrays.copyOf(gzip, gzip.length * 2);
        System.arraycopy(gzip, 0, twoMembers, gzip.length, gzip.length);
        assertThat(accepted(gzip, "gzip")).isEqualTo(2);
        assertThat(accepted(twoMembers, "x-gzip")).isEqualTo(4);
        assertThat(accepted(deflate(plain, false), "deflate")).isEqualTo(2);
        assertThat(accepted(deflate(plain, true), "deflate")).as("raw").isEqualTo(2);
        assertThat(accepted(Zstd.compress(plain), "zstd")).isEqualTo(2);
        assertThat(accepted(Snappy.compress(plain), "snappy")).isEqualTo(2);
        assertThat(accepted(plain, "identity")).isEqualTo(2);
    }

    @Test
    void broken_compression_is_a_400_and_nothing_is_taken() throws Exception {
        byte[] plain = "{\"a\":1}\n".repeat(1_000).getBytes(UTF_8);
        byte[] gzip = gzip(plain);
        byte[] flipped = gzip.clone();
        flipped[flipped.length - 6] ^= 1;
        byte[] trailing = Arrays.copyOf(gzip, gzip.length + 20);
        for (byte[] body :
                List.of(Arrays.copyOf(gzip, gzip.length - 1), Arrays.copyOf(gzip, 20), flipped, trailing, plain)) {
            assertThat(send(LOGS, body, "gzip").statusCode()).isEqualTo(400);
        }
        byte[] zstd = Zstd.compress(plain);
        byte[] snappy = Snappy.compress(plain);
        assertThat(send(LOGS, Arrays.copyOf(zstd, zstd.length - 3), "zstd").statusCode())
                .isEqualTo(400);
        assertThat(send(LOGS, Arrays.copyOf(snappy, snappy.length - 3), "snappy")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(LOGS, Arrays.copyOf(gzip, 5), "deflate").statusCode()).isEqualTo(400);
        assertThat(taken).isEmpty();
    }

    @Test
    void a_malformed_array_is_a_400_that_names_the_position_and_takes_nothing() throws Exception {
        HttpResponse<String> response = post(LOGS, "[{\"a\":1},", "Content-Type", "application/json");
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("https://spoor.dev/problems/malformed-body");
        assertThat(problem.path("position").asInt()).isEqualTo(9);
        assertThat(problem.path("detail").asText()).contains("Byte 9", "Nothing was taken");
        assertThat(taken).isEmpty();
    }

    @Test
    void a_large_line_is_refused_by_itself() throws Exception {
        HttpResponse<String> response = post(LOGS, "x\n" + "y".repeat(1_310_720) + "\nz");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body())
                .isEqualTo("{\"accepted\":2,\"rejected\":1,\"errors\":[{\"line\":2,\"reason\":\"line_too_large\","
                        + "\"detail\":\"1310720 bytes, limit 1048576\"}]}");
        assertThat(taken.get(0).refused()).hasSize(1);
    }

    @Test
    void too_many_lines_and_too_large_bodies_are_413() throws Exception {
        assertThat(post(LOGS, "x\n".repeat(100_001)).statusCode()).isEqualTo(413);
        assertThat(send(LOGS, new byte[17 * 1024 * 1024], null).statusCode()).isEqualTo(413);
        assertThat(send(LOGS, gzip(new byte[65 * 1024 * 1024]), "gzip").statusCode())
                .isEqualTo(413);
        assertThat(taken).isEmpty();
    }

    @Test
    void kafka_away_is_a_503_to_repeat() throws Exception {
        away = true;
        for (HttpResponse<String> response :
                List.of(post(LOGS, "x"), post(LOKI, PUSH, "Content-Type", "application/json"))) {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("5");
        }
    }

    @Test
    void head_is_200_and_get_is_405() throws Exception {
        assertThat(method("HEAD", LOGS).statusCode()).isEqualTo(200);
        HttpResponse<String> get = method("GET", LOGS);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("HEAD, POST");
    }

    @Test
    void a_loki_push_is_taken_with_204() throws Exception {
        HttpResponse<String> response = post(LOKI, PUSH, "Content-Type", "application/json; charset=utf-8");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(post(LOKI, PUSH).statusCode()).as("no media type, but JSON").isEqualTo(204);
        assertThat(lines()).containsExactly("x", "y", "x", "y");
        assertThat(taken.get(0).lines().get(1).headers())
                .containsOnly(
                        Map.entry("spoor.via", "loki"), Map.entry("spoor.service", "o"), Map.entry("spoor.at", "2"));
    }

    @Test
    void loki_errors_are_one_sentence_of_plain_text() throws Exception {
        for (HttpResponse<String> response : List.of(
                post(LOKI, "{\"streams\":1}", "Content-Type", "application/json"),
                post(LOKI, "x", "Content-Type", "application/x-protobuf"),
                post(
                        LOKI,
                        PUSH.replace("\"y\"", "\"" + "y".repeat(1_100_000) + "\""),
                        "Content-Type",
                        "application/json"),
                send(LOKI, new byte[17 * 1024 * 1024], null))) {
            assertThat(response.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
            assertThat(response.body()).doesNotContain("{\"type\"");
        }
        HttpResponse<String> partly = post(
                LOKI, PUSH.replace("\"y\"", "\"" + "y".repeat(1_100_000) + "\""), "Content-Type", "application/json");
        assertThat(partly.statusCode()).isEqualTo(400);
        assertThat(partly.body())
                .isEqualTo("max entry size '1048576' bytes exceeded for stream '{service=\"o\"}'"
                        + " while adding an entry with length '1100000' bytes\n");
        assertThat(lines()).containsExactly("x", "x");
    }

    @Test
    void what_is_taken_and_refused_is_counted_by_door() throws Exception {
        post(LOGS, "abc\n\n" + "y".repeat(1_310_720));
        assertThat(method("GET", "/metrics").body())
                .contains("spoor_ingest_lines_total{door=\"http\"} 1.0")
                .contains("spoor_ingest_lines_total{door=\"loki\"} 0.0")
                .contains("spoor_ingest_bytes_total{door=\"http\"} 3.0")
                .contains("spoor_ingest_blank_lines_total{door=\"http\"} 1.0")
                .contains("spoor_ingest_rejected_lines_total{door=\"http\",reason=\"line_too_large\"} 1.0")
                .contains("spoor_ingest_requests_seconds_count{door=\"http\"} 1")
                .contains("spoor_ingest_in_flight_bytes");
    }

    private HttpServer start() {
        Settings settings = Settings.load(SettingsSources.flags(Map.of("http.bind", "127.0.0.1:0")));
        HttpSettings http = settings.read(HttpSettings::from);
        IngestSettings ingest = settings.read(IngestSettings::from);
        return HttpServer.start(http, Tokens.none(), Ingest.doors(ingest, http, this::keep, meters), List.of(), meters);
    }

    private void keep(RawTopic topic, Shipment shipment) throws Unavailable {
        if (away) {
            throw new Unavailable("Kafka did not acknowledge the lines in time.", new IOException("away"));
        }
        // The body's bytes are the request's; what is remembered must not depend on them.
        shipment.lines().forEach(Line::bytes);
        taken.add(shipment);
    }

    private List<String> lines() {
        return taken.stream()
                .flatMap(s -> s.lines().stream())
                .map(Line::toString)
                .toList();
    }

    private int accepted(byte[] body, String coding) throws Exception {
        HttpResponse<String> response = send(LOGS, body, coding);
        return new ObjectMapper().readTree(response.body()).path("accepted").asInt();
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String path, byte[] body, @Nullable String coding) throws Exception {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (coding != null) {
            request.header("Content-Encoding", coding);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> method(String method, String path) throws Exception {
        return client.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] bytes, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, new Deflater(9, raw))) {
            deflate.write(bytes);
        }
        return out.toByteArray();
    }
}
