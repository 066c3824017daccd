package io.spoor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.spoor.runtime.CannotStart;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.access.Token;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.access.TokensFile;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class AccessTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Meters meters = new Meters();
    private @Nullable HttpServer server;

    private String ingest = "";
    private String read = "";
    private String admin = "";

    @BeforeEach
    void make_a_token_of_each_scope() throws Exception {
        ingest = issue("shipper", Scope.INGEST);
        read = issue("reader", Scope.READ);
        admin = issue("boss", Scope.ADMIN);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        meters.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /health,    200, 200, 200, 200",
        "HEAD,   /ready,     200, 200, 200, 200",
        "GET,    /metrics,   401, 403, 200, 200",
        "HEAD,   /metrics,   401, 403, 200, 200",
        "GET,    /things/1,  401, 403, 200, 200",
        "HEAD,   /things/1,  401, 403, 200, 200",
        "POST,   /things,    401, 200, 403, 200",
        "DELETE, /things/1,  401, 403, 403, 200",
        "GET,    /nothing,   401, 404, 404, 404",
        "PUT,    /things/1,  401, 405, 405, 405",
        "BREW,   /things/1,  401, 405, 405, 405",
        "OPTIONS, /things/1, 401, 405, 405, 405",
        "GET,    //things/1, 400, 400, 400, 400",
        "GET,    /things/1/, 401, 403, 200, 200",
        "GET,    /Things/1,  401, 404, 404, 404"
    })
    void a_route_takes_the_scope_it_names(
            String method, String path, int without, int withIngest, int withRead, int withAdmin) throws Exception {
        start();
        assertThat(status(method, path, null)).as("no token").isEqualTo(without);
        assertThat(status(method, path, "Bearer " + ingest)).as("ingest").isEqualTo(withIngest);
        assertThat(status(method, path, "Bearer " + read)).as("read").isEqualTo(withRead);
        assertThat(status(method, path, "Bearer " + admin)).as("admin").isEqualTo(withAdmin);
    }

    @Test
    void a_token_comes_as_bearer_or_as_the_password_of_basic() throws Exception {
        start();
        assertThat(status("GET", "/things/1", "bearer   " + read)).isEqualTo(200);
        assertThat(status("GET", "/things/1", "Basic " + base64("anybody:" + read)))
                .isEqualTo(200);
        assertThat(status("GET", "/things/1", "Basic " + base64(":" + read))).isEqualTo(200);
        for (String wrong : List.of(
                read,
                "Bearer",
                "Bearer " + read + "x",
                "Bearer " + read.toUpperCase(Locale.ROOT),
                "Bearer x " + read,
                "Basic " + base64(read),
                "Basic " + base64(read + ":"),
                "Basic ***",
                "Digest " + read)) {
            assertThat(status("GET", "/things/1", wrong)).as(wrong).isEqualTo(401);
        }
    }

    @Test
    void who_may_not_come_in_learns_what_is_missing() throws Exception {
        start();
        HttpResponse<String> none = send("GET", "/things/1", null);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"spoor\"");
        assertThat(none.headers().firstValue("Content-Type")).contains("application/problem+json");
        HttpResponse<String> unknown = send("GET", "/things/1", "Bearer spoor_x");
        assertThat(unknown.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"spoor\", error=\"invalid_token\"");
        HttpResponse<String> narrow = send("GET", "/things/1", "Bearer " + ingest);
        assertThat(narrow.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"spoor\", error=\"insufficient_scope\", scope=\"read\"");
        assertThat(new ObjectMapper().readTree(narrow.body()).path("scope").asText())
                .isEqualTo("read");
        assertThat(narrow.body()).contains("shipper", "needs read").doesNotContain(ingest);
    }

    @Test
    void a_route_with_its_own_error_format_keeps_it() throws Exception {
        start();
        HttpResponse<String> response = send("POST", "/things", null);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(response.body()).startsWith("This needs a token");
    }

    @Test
    void a_header_cannot_change_the_method() throws Exception {
        start();
        HttpRequest request = HttpRequest.newBuilder(uri("/things/1"))
                .header("X-HTTP-Method-Override", "DELETE")
                .header("Authorization", "Bearer " + admin)
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("thing");
    }

    @Test
    void a_token_counts_and_ends_without_a_restart() throws Exception {
        start();
        String late = issue("late", Scope.READ);
        await("the new token counts").until(() -> status("GET", "/things/1", "Bearer " + late) == 200);
        file().remove("late");
        await("it is revoked").until(() -> status("GET", "/things/1", "Bearer " + late) == 401);
    }

    @Test
    void without_a_token_this_machine_may_do_everything_until_there_is_one() throws Exception {
        for (String name : List.of("shipper", "reader", "boss")) {
            file().remove(name);
        }
        start();
        assertThat(status("DELETE", "/things/1", null)).isEqualTo(200);
        assertThat(status("DELETE", "/things/1", "Bearer anything")).isEqualTo(200);
        assertThat(status("GET", "/nothing", null)).isEqualTo(404);
        issue("first", Scope.READ);
        await("the door closes").until(() -> status("DELETE", "/things/1", null) == 401);
    }

    @Test
    void an_open_address_needs_a_token_and_stays_closed_when_the_last_one_goes() throws Exception {
        server = start(new Address("0.0.0.0", 0), Tokens.of(path()));
        for (String name : List.of("shipper", "reader", "boss")) {
            file().remove(name);
        }
        await("all are revoked").until(() -> status("GET", "/things/1", "Bearer " + admin) == 401);
        assertThat(status("GET", "/things/1", null)).isEqualTo(401);
        assertThatThrownBy(() -> start(new Address("0.0.0.0", 0), Tokens.of(path())))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("spoor token create");
    }

    @Test
    void a_route_without_a_scope_keeps_the_server_from_starting() {
        assertThatThrownBy(() -> HttpServer.start(
                        settings(new Address("127.0.0.1", 0)),
                        Tokens.none(),
                        List.of(routes -> routes.get("/forgotten", ctx -> ctx.result("open?"))),
                        List.of(),
                        meters))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("GET /forgotten is registered without a Scope");
    }

    private void start() {
        server = start(new Address("127.0.0.1", 0), Tokens.of(path()));
    }

    private HttpServer start(Address bind, Tokens tokens) {
        Routes routes = api -> api.get("/things/{id}", ctx -> ctx.result("thing"), Scope.READ)
                .delete("/things/{id}", ctx -> ctx.result("gone"), Scope.ADMIN)
                .post("/things", ctx -> ctx.result("taken"), Scope.INGEST, AS_TEXT);
        return HttpServer.start(settings(bind), tokens, List.of(routes), List.of(), meters);
    }

    private static final ErrorFormat AS_TEXT = (problem, ctx) -> {
        ctx.status(problem.status()).contentType("text/plain");
        EarlyAnswer.send(ctx, problem.detail().getBytes(StandardCharsets.UTF_8));
    };

    private static HttpSettings settings(Address bind) {
        return new HttpSettings(
                bind, false, null, 16, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private String issue(String name, Scope scope) throws Exception {
        Token.Issued issued = Token.issue(name, Set.of(scope), Instant.parse("2026-03-12T10:30:00Z"));
        assertThat(file().add(issued.token())).isTrue();
        return issued.secret();
    }

    private TokensFile file() {
        return new TokensFile(path());
    }

    private Path path() {
        return directory.resolve("tokens");
    }

    private int status(String method, String path, @Nullable String authorization) throws Exception {
        return send(method, path, authorization).statusCode();
    }

    private HttpResponse<String> send(String method, String path, @Nullable String authorization) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        HttpServer started = Objects.requireNonNull(server);
        return URI.create("http://127.0.0.1:" + started.address().port() + path);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
