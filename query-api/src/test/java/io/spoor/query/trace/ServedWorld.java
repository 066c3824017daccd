package io.spoor.query.trace;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spoor.query.QuerySettings;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.http.HttpServer;
import io.spoor.runtime.http.HttpSettings;
import io.spoor.runtime.http.Routes;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A world behind a real server, and a client of it. */
public final class ServedWorld implements AutoCloseable {
    /** When questions are asked. */
    static final Instant NOW = Instant.parse("2026-03-12T11:00:00Z");

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private volatile World world = new World();
    private volatile boolean caughtUp = true;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Meters meters = new Meters();
    private final Routes routes;
    private final HttpServer server;

    public ServedWorld(Function<TraceRoutes, Routes> routes) {
        QuerySettings settings =
                new QuerySettings(Duration.ofMillis(300), new TraceLimits(100, 10_000, 100_000), Duration.ofHours(6));
        TraceRoutes traces = new TraceRoutes(settings, id -> world.read(id), () -> 120, () -> caughtUp, () -> NOW);
        this.routes = routes.apply(traces);
        server = HttpServer.start(
                new HttpSettings(
                        new Address("127.0.0.1", 0),
                        false,
                        null,
                        16,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5)),
                Tokens.none(),
                List.of(this.routes),
                List.of(),
                meters);
    }

    /** Another world, in which nothing has been logged yet, behind the same server. */
    World begins() {
        world = new World();
        caughtUp = true;
        return world;
    }

    void isCaughtUp(boolean caughtUp) {
        this.caughtUp = caughtUp;
    }

    /** Has a line in the world for the sake of those that cannot see it. */
    public void logs(String runId, String message) {
        world.says("agent", NOW.toEpochMilli() - 1_000, message, "runId", runId);
    }

    /** What is served. */
    public Routes routes() {
        return routes;
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    public HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    JsonNode json(String path, String... headers) throws IOException, InterruptedException {
        return JSON.readTree(get(path, headers).body());
    }

    /** What comes back for a request line that no decent client would send. */
    String raw(String target) throws IOException {
        try (Socket socket =
                new Socket(server.address().host(), server.address().port())) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // Refused before all of it was sent; the answer is there to be read.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
        meters.close();
    }
}
