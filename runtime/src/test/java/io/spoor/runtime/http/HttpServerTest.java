package io.spoor.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spoor.runtime.CannotStart;
import io.spoor.runtime.Readiness;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpServerTest {
    private static final int MIB = 1024 * 1024;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ByteBudget budget = new ByteBudget(8 * MIB);
    private final BodyReader bodies = new BodyReader(new BodyLimits(MIB, 4 * MIB, Duration.ofMillis(800)), budget);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Meters meters = new Meters();
    private volatile Readiness readiness = Readiness.ready("2 brokers");
    private final HttpServer server = start(loopback(0, false));

    @AfterEach
    void close() {
        release.countDown();
        server.close();
        meters.close();
    }

    @Test
    void health_answers_while_the_process_lives() throws Exception {
        HttpResponse<String> response = get("/health");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"alive\"}");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void ready_tells_every_check_and_turns_503_with_one_that_fails() throws Exception {
        assertThat(get("/ready").body())
                .isEqualTo(
                        "{\"status\":\"ready\",\"checks\":[{\"name\":\"kafka\",\"ok\":true,\"detail\":\"2 brokers\"}]}");
        readiness = Readiness.notReady("no broker");
        HttpResponse<String> response = get("/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(response).path("status").asText()).isEqualTo("not_ready");
        assertThat(send("HEAD", "/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void head_has_the_status_of_get_and_no_body() throws Exception {
        for (String path : List.of("/health", "/ready", "/metrics")) {
            HttpResponse<String> response = send("HEAD", path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
        assertThat(send("HEAD", "/fails").statusCode()).isEqualTo(500);
    }

    @Test
    void metrics_are_text_or_open_metrics_as_asked() throws Exception {
        get("/health");
        HttpResponse<String> text = get("/metrics");
        assertThat(text.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.body()).contains("jvm_memory_used_bytes", "process_uptime_seconds");
        HttpResponse<String> open = client.send(
                request("/metrics")
                        .header(
                                "Accept",
                                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void requests_are_timed_by_route_never_by_path() throws Exception {
        get("/things/42");
        get("/nothing/43");
        // The timer is stopped after the answer has gone out.
        await().untilAsserted(() -> assertThat(get("/metrics").body())
                .contains("spoor_http_requests_seconds_count{method=\"GET\",route=\"/things/{id}\",status=\"200\"} 1")
                .contains("spoor_http_requests_seconds_count{method=\"GET\",route=\"none\",status=\"404\"} 1")
                .doesNotContain("/things/42", "/nothing"));
    }

    @Test
    void an_unknown_route_is_a_problem() throws Exception {
        HttpResponse<String> response = get("/nothing/at%20all");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).path("type").asText()).isEqualTo("https://spoor.dev/problems/not-found");
        assertThat(json(response).path("instance").asText()).isEqualTo("/nothing/at%20all");
        assertThat(json(response).path("status").asInt()).isEqualTo(404);
    }

    @Test
    void a_wrong_method_names_those_that_would_do() throws Exception {
        HttpResponse<String> response = send("DELETE", "/health");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(json(response).path("type").asText()).isEqualTo("https://spoor.dev/problems/method-not-allowed");
    }

    @Test
    void a_bug_is_a_500_without_a_stack() throws Exception {
        HttpResponse<String> response = get("/fails");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("IllegalState", "hidden");
        assertThat(json(response).path("type").asText()).isEqualTo("https://spoor.dev/problems/internal");
    }

    @Test
    void a_malformed_uri_is_a_400_problem() throws Exception {
        for (String path : List.of("/%zz", "/a/%2e%2e/b", "/things/%ff")) {
            String response = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(response).as(path).startsWith("HTTP/1.1 400").contains("https://spoor.dev/problems/");
        }
    }

    @Test
    void garbage_and_oversized_headers_are_refused_without_a_page() throws Exception {
        assertThat(raw("\u0000\u0001\u0002garbage\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("<html");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .doesNotContain("<html");
    }

    @Test
    void a_websocket_nobody_serves_is_a_problem() throws Exception {
        assertThat(raw(String.join(
                        "\r\n",
                        "GET /health HTTP/1.1",
                        "Host: x",
                        "Upgrade: websocket",
                        "Connection: Upgrade, close",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "",
                        "")))
                .startsWith("HTTP/1.1 404")
                .contains("https://spoor.dev/problems/not-found");
    }

    @Test
    void a_request_id_is_echoed_when_it_is_harmless_and_made_otherwise() throws Exception {
        assertThat(id("abc-1.2_3")).isEqualTo("abc-1.2_3");
        assertThat(id("a b<script>")).matches("[0-9a-f-]{36}");
        assertThat(id("x".repeat(65))).matches("[0-9a-f-]{36}");
    }

    @Test
    void a_declared_length_over_the_limit_is_refused_before_the_body_comes() throws Exception {
        String response = raw("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " + (MIB + 1)
                + "\r\nConnection: close\r\n\r\n");
        assertThat(response).startsWith("HTTP/1.1 413").contains("body-too-large", "\"limit\":1048576");
        assertThat(budget.used()).isZero();
    }

    @Test
    void a_client_that_sends_too_much_still_sees_the_413() throws Exception {
        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(new byte[20 * MIB]),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[20 * MIB])))) {
            HttpResponse<String> response =
                    client.send(request("/echo").POST(body).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(json(response).path("type").asText()).isEqualTo("https://spoor.dev/problems/body-too-large");
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void a_bomb_is_refused_by_size_and_by_ratio() throws Exception {
        assertThat(post("/echo", gzip(new byte[5 * MIB]), "gzip").statusCode()).isEqualTo(413);
        assertThat(post("/echo", gzip(new byte[3 * MIB]), "gzip").statusCode())
                .as("ratio 1000")
                .isEqualTo(413);
        assertThat(post("/echo", gzip(new byte[MIB]), "gzip").body()).isEqualTo("1048576");
        assertThat(budget.used()).isZero();
    }

    @Test
    void an_unknown_coding_is_a_415_that_names_the_known() throws Exception {
        HttpResponse<String> response = post("/echo", new byte[1], "br");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Accept-Encoding"))
                .hasValueSatisfying(v -> assertThat(v).contains("gzip"));
    }

    @Test
    void a_body_that_trickles_is_given_up() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n".getBytes(UTF_8));
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> trickle(out));
            byte[] start = socket.getInputStream().readNBytes(12);
            assertThat(new String(start, ISO_8859_1)).isEqualTo("HTTP/1.1 408");
            trickle.join();
        }
    }

    @Test
    void too_many_bytes_under_way_are_a_503_with_retry_after() throws Exception {
        budget.take(8 * MIB);
        HttpResponse<String> response = post("/echo", new byte[100], null);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_taken_port_is_told_in_one_sentence() {
        int port = server.address().port();
        assertThatThrownBy(() -> start(loopback(port, false)))
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "Port " + port + " on 127.0.0.1 is taken by another process. Free it, or choose another with"
                                + " --http HOST:PORT.");
    }

    @Test
    void an_open_address_needs_insecure() {
        assertThatThrownBy(() -> start(settings(new Address("0.0.0.0", 0), false)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--insecure");
        start(settings(new Address("0.0.0.0", 0), true)).close();
    }

    @Test
    void closing_lets_a_request_end_refuses_new_ones_and_may_be_repeated() throws Exception {
        CompletableFuture<HttpResponse<String>> slow =
                client.sendAsync(request("/slow").build(), HttpResponse.BodyHandlers.ofString());
        entered.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        assertThatThrownBy(() -> {
                    while (true) {
                        new Socket(
                                        InetAddress.getLoopbackAddress(),
                                        server.address().port())
                                .close();
                    }
                })
                .isInstanceOf(IOException.class);
        release.countDown();
        assertThat(slow.join().body()).isEqualTo("done");
        closing.join();
        server.close();
    }

    private HttpServer start(HttpSettings settings) {
        ReadinessCheck check = new ReadinessCheck() {
            @Override
            public String name() {
                return "kafka";
            }

            @Override
            public Readiness check() {
                return readiness;
            }
        };
        Routes routes = api -> api.get("/things/{id}", ctx -> ctx.result("thing"), Scope.READ)
                .get(
                        "/fails",
                        ctx -> {
                            throw new IllegalStateException("hidden");
                        },
                        Scope.READ)
                .get(
                        "/slow",
                        ctx -> {
                            entered.countDown();
                            release.await();
                            ctx.result("done");
                        },
                        Scope.READ)
                .post(
                        "/echo",
                        ctx -> {
                            try (Body body = bodies.read(ctx)) {
                                ctx.result(Integer.toString(body.bytes().length));
                            }
                        },
                        Scope.INGEST);
        return HttpServer.start(settings, Tokens.none(), List.of(routes), List.of(check), meters);
    }

    private static HttpSettings loopback(int port, boolean insecure) {
        return settings(new Address("127.0.0.1", port), insecure);
    }

    private static HttpSettings settings(Address bind, boolean insecure) {
        return new HttpSettings(
                bind, insecure, null, 16, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private static void trickle(OutputStream out) {
        try {
            while (true) {
                out.write('x');
                out.flush();
                LockSupport.parkNanos(100_000_000L);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return client.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, byte[] body, @Nullable String coding) throws Exception {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (coding != null) {
            request.header("Content-Encoding", coding);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String id(String given) throws Exception {
        HttpRequest request = request("/health").header("X-Request-Id", given).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
