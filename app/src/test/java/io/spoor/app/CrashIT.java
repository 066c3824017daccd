package io.spoor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of {@code spoor up} while lines are coming in, again and again on one data directory. */
class CrashIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int KILLS = 3;
    private static final int LINES_A_BODY = 25;
    private static final int NOT_YET = -1;

    @TempDir
    Path work;

    private String kafka = "";
    private String http = "";

    /** By run, the lines that were acknowledged. */
    private final Map<String, List<String>> acknowledged = Collections.synchronizedMap(new LinkedHashMap<>());

    @BeforeEach
    void take_free_ports() throws IOException {
        kafka = freeAddress();
        http = freeAddress();
    }

    @Test
    void what_was_acknowledged_is_there_once_after_each_kill_9_and_never_said_to_be_unknown() throws Exception {
        Random random = new Random(7);
        for (int kill = 0; kill < KILLS; kill++) {
            try (SpoorProcess spoor = up()) {
                if (kill == 0) {
                    spoor.awaitOut("Spoor is ready");
                } else {
                    assertFoundFromTheFirstAnswerOn(kill);
                }
                shipUntilKilled(spoor, kill, 5 + random.nextInt(60));
            }
        }
        try (SpoorProcess spoor = up()) {
            assertFoundFromTheFirstAnswerOn(KILLS);
            awaitCaughtUp();
            for (Map.Entry<String, List<String>> run : acknowledged.entrySet()) {
                assertThereOnce(run.getKey(), run.getValue());
            }
            spoor.signal("TERM");
            assertThat(spoor.awaitExit()).as(spoor.err()).isZero();
        }
    }

    private SpoorProcess up() throws IOException {
        return SpoorProcess.start(work, "up", "--data", "data", "--kafka", kafka, "--http", http);
    }

    /** Ships on one connection until nobody answers any more; the kill comes after so many acknowledgements. */
    private void shipUntilKilled(SpoorProcess spoor, int kill, int acknowledgements) throws Exception {
        CountDownLatch enough = new CountDownLatch(acknowledgements);
        CompletableFuture<Void> shipper = CompletableFuture.runAsync(() -> {
            for (int body = 0; ship("crash-" + kill + "-" + body); body++) {
                enough.countDown();
            }
        });
        assertThat(enough.await(60, TimeUnit.SECONDS))
                .as("shipping before the kill")
                .isTrue();
        spoor.signal("KILL");
        spoor.awaitExit();
        shipper.get(60, TimeUnit.SECONDS);
    }

    /** Ships one body about one run, and says whether it was acknowledged. */
    private boolean ship(String runId) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES_A_BODY; i++) {
            lines.add("{\"timestamp\":\"" + Instant.now() + "\",\"runId\":\"" + runId + "\",\"requestId\":\"of-" + runId
                    + "\",\"message\":\"line " + i + "\"}");
        }
        HttpRequest post = request("/api/v1/logs?service=agent")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(String.join("\n", lines).getBytes(UTF_8)))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(post, BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                acknowledged.put(runId, lines);
            }
            return answer.statusCode() == 202;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks for what was acknowledged last, and for its request, from before the server listens until it is found. */
    private void assertFoundFromTheFirstAnswerOn(int restart) {
        List<String> runs = List.copyOf(acknowledged.keySet());
        String last = runs.get(runs.size() - 1);
        long began = System.nanoTime();
        Set<Integer> seen = new TreeSet<>();
        for (String id : List.of(last, "of-" + last, runs.get(0))) {
            Awaitility.await(id)
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        int status = status(id);
                        seen.add(status);
                        return status != NOT_YET && status != 503;
                    });
        }
        assertThat(seen).as("answers about acknowledged ids").isSubsetOf(NOT_YET, 503, 200);
        long tookMillis = (System.nanoTime() - began) / 1_000_000;
        System.out.println("CrashIT: restart " + restart + " answered about one of " + runs.size()
                + " acknowledged runs after " + tookMillis + " ms");
    }

    private int status(String id) throws InterruptedException {
        try {
            return get(id).statusCode();
        } catch (IOException e) {
            return NOT_YET;
        }
    }

    private void awaitCaughtUp() {
        Awaitility.await("no lag")
                .atMost(Duration.ofSeconds(60))
                .during(Duration.ofMillis(1_500))
                .until(() -> {
                    HttpResponse<String> answer = get("nobody-has-this-id");
                    return answer.statusCode() == 404
                            && JSON.readTree(answer.body()).path("lagMs").asLong(1) == 0;
                });
    }

    private void assertThereOnce(String runId, List<String> lines) throws Exception {
        HttpResponse<String> answer = get(runId);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        for (JsonNode line : JSON.readTree(answer.body()).path("lines")) {
            assertThat(line.path("copies").intValue()).as(line.toString()).isEqualTo(1);
            found.add(line.path("fields").toString());
        }
        assertThat(found).as(runId).containsExactlyInAnyOrderElementsOf(lines);
    }

    private HttpResponse<String> get(String id) throws IOException, InterruptedException {
        return HTTP.send(request("/api/v1/traces/" + id).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + http + path)).timeout(Duration.ofSeconds(30));
    }

    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
