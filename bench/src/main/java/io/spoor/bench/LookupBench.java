package io.spoor.bench;

import io.spoor.app.broker.DataDirectory;
import io.spoor.app.broker.EmbeddedBroker;
import io.spoor.app.up.ServicesRole;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.settings.Address;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Stores traces in a Spoor of its own and looks them up over HTTP while nothing else happens.
 *
 * <p>Server, Kafka and the asking client share one process and so the processors and the heap: what is measured is not
 * faster than what a user sees. The round trip of {@code /health} at the same rate says how much of it is the way itself.
 */
final class LookupBench {
    /** The bound: of a hundred lookups ninety-nine are answered within so many milliseconds. */
    static final double BOUND_P99_MS = 10;

    /** A trace arrives in so many parts, between those of the others, as real ones do. */
    private static final int PARTS = 4;

    private static final int TRACES_A_REQUEST = 100;
    private static final long SEED = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final String WHOLE = "\"lineCount\":" + MadeTrace.LINES + ",";

    /**
     * What to measure.
     *
     * @param rate lookups a second
     */
    record Plan(int traces, double rate, Duration length) {}

    /** What came out: the same rate and time for both. */
    record Result(Latencies health, Latencies lookup) {
        boolean holds() {
            return lookup.p99Ms() <= BOUND_P99_MS && lookup.failed() == 0 && health.failed() == 0;
        }
    }

    private final Plan plan;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final Random random = new Random(SEED);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(REQUEST_TIMEOUT)
            .build();

    LookupBench(Plan plan, InstantSource clock, Consumer<String> progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    Result run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("spoor-bench-");
        try {
            return runIn(directory);
        } finally {
            delete(directory);
        }
    }

    private Result runIn(Path directory) throws IOException, InterruptedException {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedBroker broker = EmbeddedBroker.start(data, new Address("127.0.0.1", 0), progress);
                ServicesRole services = new ServicesRole(() -> settings(data, broker), Tokens.none(), () -> false)) {
            progress.accept("Starting Spoor in " + directory + " ...");
            services.start();
            return measure(URI.create("http://" + services.address()));
        }
    }

    private static Settings settings(DataDirectory data, EmbeddedBroker broker) {
        String state = data.state().toString();
        return Settings.load(SettingsSources.flags(Map.of(
                "kafka.bootstrap",
                broker.address().toString(),
                "enrich.state-dir",
                state,
                "aggregate.state-dir",
                state,
                "http.bind",
                "127.0.0.1:0")));
    }

    private Result measure(URI server) throws IOException, InterruptedException {
        progress.accept("Storing " + plan.traces() + " traces of " + MadeTrace.LINES + " lines ...");
        List<HttpRequest> lookups = store(server);
        progress.accept("Looking each of them up once ...");
        for (HttpRequest lookup : lookups) {
            awaitWhole(lookup);
        }
        progress.accept("Measuring, twice " + plan.length().toSeconds() + " s ...");
        OpenLoop loop = new OpenLoop(http, plan.rate(), plan.length());
        HttpRequest health = get(server, "/health");
        Latencies healths = loop.of(() -> health, answer -> answer.statusCode() == 200);
        Latencies traces = loop.of(() -> lookups.get(random.nextInt(lookups.size())), LookupBench::isWhole);
        return new Result(healths, traces);
    }

    /** Sends all lines; returns a lookup for each trace. */
    private List<HttpRequest> store(URI server) throws IOException, InterruptedException {
        List<MadeTrace> traces = new ArrayList<>();
        for (int i = 0; i < plan.traces(); i++) {
            traces.add(MadeTrace.of(random, clock.millis()));
        }
        int lines = MadeTrace.LINES / PARTS;
        for (int part = 0; part < PARTS; part++) {
            for (int from = 0; from < traces.size(); from += TRACES_A_REQUEST) {
                int to = Math.min(traces.size(), from + TRACES_A_REQUEST);
                send(server, traces.subList(from, to), part * lines, lines);
            }
        }
        return traces.stream()
                .map(trace -> get(server, "/api/v1/traces/" + trace.requestId()))
                .toList();
    }

    private void send(URI server, List<MadeTrace> traces, int firstLine, int lines)
            throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder(traces.size() * lines * (MadeTrace.LINE_BYTES + 16));
        for (int line = firstLine; line < firstLine + lines; line++) {
            for (MadeTrace trace : traces) {
                trace.appendLine(line, random, body);
            }
        }
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/logs"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException("lines were answered " + answer.statusCode() + " " + answer.body());
        }
    }

    private void awaitWhole(HttpRequest lookup) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isWhole(http.send(lookup, BodyHandlers.ofByteArray()))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("a trace is not whole after " + PATIENCE.toSeconds() + " s: " + lookup.uri());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean isWhole(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 200 && new String(answer.body(), StandardCharsets.UTF_8).contains(WHOLE);
    }

    private static HttpRequest get(URI server, String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .build();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
