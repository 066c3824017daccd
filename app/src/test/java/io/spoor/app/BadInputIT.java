package io.spoor.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spoor.app.up.RunningSpoor;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused over HTTP, and how: a problem of a stable type, and nothing half taken. */
@Timeout(60)
class BadInputIT {
    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_LINE = 2 << 10;
    private static final Map<String, String> SMALL = Map.of(
            "ingest.http.max-body", "64 KiB",
            "ingest.http.max-inflated", "256 KiB",
            "ingest.max-line", "2 KiB",
            "ingest.max-lines", "100");

    @TempDir
    static Path data;

    private static RunningSpoor spoor;

    @BeforeAll
    static void start() {
        spoor = RunningSpoor.start(data, SMALL);
    }

    @AfterAll
    static void close() {
        spoor.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/logs", "/loki/api/v1/push"})
    void a_declared_length_over_the_limit_is_413_before_a_byte_of_the_body_was_sent(String path) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: spoor\r\nContent-Type: application/json\r\nContent-Length: "
                + (1L << 40) + "\r\n\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            assertThat(statusLine(socket)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void a_chunked_body_is_413_as_soon_as_it_is_over_the_limit_whether_it_ends_or_not() throws IOException {
        String head =
                "POST /api/v1/logs HTTP/1.1\r\nHost: spoor\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
        byte[] chunk = ("400\r\n" + "x".repeat(1_023) + "\n\r\n").getBytes(US_ASCII);
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(US_ASCII));
            for (int sent = 0; sent <= MAX_BODY; sent += 1_024) {
                out.write(chunk);
            }
            out.flush();
            assertThat(statusLine(socket)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void a_small_body_that_inflates_beyond_the_limit_is_413() throws IOException {
        byte[] bomb = gzip("x".repeat(32 << 20));
        assertThat(bomb).hasSizeLessThan(MAX_BODY);
        assertProblem(
                spoor.post("/api/v1/logs", "text/plain", bomb, "Content-Encoding", "gzip"), 413, "body-too-large");
        assertThat(spoor.post("/loki/api/v1/push", "application/json", bomb, "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void more_lines_than_the_limit_are_413_and_none_is_taken() {
        String line = line("too-many", "one of many") + "\n";
        JsonNode problem = assertProblem(
                spoor.post("/api/v1/logs", "application/x-ndjson", line.repeat(101)), 413, "body-too-large");
        assertThat(problem.path("limit").intValue()).isEqualTo(100);
        assertUnknown("too-many");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"runId\":\"half-taken\"},{\"runId\":}]           | 33",
                "[{\"runId\":\"half-taken\"}                         | 23",
                "[{\"runId\":\"half-taken\"}] {\"a\":1}              | 25",
                "[{\"runId\":\"half-taken\"},]                       | 24",
                "[{\"runId\":\"half-taken\",\"a\":\"\\u12\"}]         | 32",
            })
    void a_malformed_array_is_400_with_the_position_and_nothing_is_taken(String body, int position) {
        JsonNode problem =
                assertProblem(spoor.post("/api/v1/logs", "application/json", body.strip()), 400, "malformed-body");
        assertThat(problem.path("position").intValue()).as(problem.toString()).isEqualTo(position);
        assertThat(problem.path("detail").textValue())
                .startsWith("Byte " + position + ": ")
                .endsWith("Nothing was taken.");
        assertUnknown("half-taken");
    }

    @Test
    void a_malformed_line_among_others_is_kept_as_text() {
        String body = line("with-junk", "before") + "\n{\"runId\":\"with-junk\",\n" + line("with-junk", "after");
        HttpResponse<byte[]> answer = spoor.post("/api/v1/logs", "application/x-ndjson", body);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(RunningSpoor.json(answer).path("accepted").intValue()).isEqualTo(3);
        spoor.awaitCaughtUp();
        assertThat(RunningSpoor.json(spoor.get("/api/v1/traces/with-junk"))
                        .path("lineCount")
                        .intValue())
                .isEqualTo(2);
        assertThat(spoor.records(spoor.topics().lines()))
                .anyMatch(line -> line.contains("\"message\":\"{\\\"runId\\\":\\\"with-junk\\\",\""));
    }

    @Test
    void a_line_over_the_limit_is_refused_by_name_and_the_others_are_taken() {
        String body = line("long-neighbour", "short") + "\n" + line("too-long", "x".repeat(MAX_LINE)) + "\n\n";
        JsonNode answer = RunningSpoor.json(spoor.post("/api/v1/logs", "application/x-ndjson", body));
        assertThat(answer.path("accepted").intValue()).isEqualTo(1);
        assertThat(answer.path("rejected").intValue()).isEqualTo(1);
        assertThat(answer.path("errors").path(0).path("line").intValue()).isEqualTo(2);
        assertThat(answer.path("errors").path(0).path("reason").textValue()).isEqualTo("line_too_large");
        assertUnknown("too-long");
        assertThat(spoor.get("/api/v1/traces/long-neighbour").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/xml", "image/png", "multipart/form-data; boundary=x", "application/x-protobuf"})
    void a_wrong_content_type_is_415_and_the_right_ones_are_named(String type) {
        HttpResponse<byte[]> answer = spoor.post("/api/v1/logs", type, line("wrong-type", "x"));
        assertProblem(answer, 415, "unsupported-media-type");
        assertThat(answer.headers().firstValue("Accept").orElse("")).contains("application/x-ndjson");
        assertThat(spoor.post("/loki/api/v1/push", type, "{}").statusCode())
                .as("Loki takes what is not JSON as protobuf, and this is none")
                .isEqualTo(400);
    }

    @Test
    void an_unknown_content_encoding_is_415_and_a_broken_one_400() {
        assertProblem(
                spoor.post("/api/v1/logs", "text/plain", "x", "Content-Encoding", "br"), 415, "unsupported-media-type");
        assertProblem(
                spoor.post("/api/v1/logs", "text/plain", "no gzip", "Content-Encoding", "gzip"),
                400,
                "malformed-encoding");
    }

    @Test
    void an_unknown_id_is_404() {
        spoor.awaitCaughtUp();
        assertProblem(spoor.get("/api/v1/traces/8f14e45f-ceea-467f-a9f0-1a2b3c4d5e6f"), 404, "trace-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "a%20b", "%3Cscript%3E", "a%22b", "%00", "a%0Ab", "'", "%E2%80%8B", "%7B%7D"})
    void a_malformed_id_is_400(String id) {
        HttpResponse<byte[]> answer = spoor.get("/api/v1/traces/" + id);
        assertThat(answer.statusCode()).as(RunningSpoor.text(answer)).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningSpoor.json(answer).path("status").intValue()).isEqualTo(400);
    }

    @Test
    void an_id_that_is_too_long_is_400() {
        assertProblem(spoor.get("/api/v1/traces/" + "x".repeat(129)), 400, "malformed-id");
        assertProblem(spoor.get("/api/v1/traces/" + "x".repeat(128)), 404, "trace-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=many", "order=up", "level=loud", "exact=maybe"})
    void a_bad_parameter_is_400_and_named(String query) {
        JsonNode problem = assertProblem(spoor.get("/api/v1/traces/any?" + query), 400, "bad-parameter");
        assertThat(problem.path("detail").textValue()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void a_cursor_of_nobody_is_400() {
        assertProblem(spoor.get("/api/v1/traces/any?cursor=bm8"), 400, "bad-cursor");
    }

    @Test
    void nothing_at_an_address_is_404_and_a_wrong_method_405() {
        assertProblem(spoor.get("/api/v1/nothing"), 404, "not-found");
        HttpResponse<byte[]> answer = spoor.get("/api/v1/logs");
        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
    }

    @Test
    void a_malformed_push_is_400_in_plain_text_and_nothing_of_it_is_taken() {
        String good = "[\"1\",\"{\\\"runId\\\":\\\"half-pushed\\\"}\"]";
        for (String body : List.of(
                "",
                "{",
                "[]",
                "{\"streams\":[{\"stream\":{},\"values\":[" + good + ",[\"now\",\"x\"]]}]}",
                "{\"streams\":[{\"stream\":{\"a b\":\"c\"},\"values\":[" + good + "]}]}")) {
            HttpResponse<byte[]> answer = spoor.post("/loki/api/v1/push", "application/json", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        }
        assertUnknown("half-pushed");
    }

    private static JsonNode assertProblem(HttpResponse<byte[]> answer, int status, String kind) {
        assertThat(answer.statusCode()).as(RunningSpoor.text(answer)).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = RunningSpoor.json(answer);
        assertThat(problem.path("type").textValue()).endsWith("/problems/" + kind);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").textValue()).isNotBlank();
        assertThat(problem.path("detail").textValue()).endsWith(".").doesNotContain("Exception");
        return problem;
    }

    private static void assertUnknown(String id) {
        spoor.awaitCaughtUp();
        assertThat(spoor.get("/api/v1/traces/" + id).statusCode()).as(id).isEqualTo(404);
    }

    private static String line(String runId, String message) {
        return "{\"runId\":\"" + runId + "\",\"message\":\"" + message + "\"}";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Socket connect() throws IOException {
        return new Socket(spoor.uri().getHost(), spoor.uri().getPort());
    }

    private static String statusLine(Socket socket) throws IOException {
        return String.valueOf(new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
    }
}
