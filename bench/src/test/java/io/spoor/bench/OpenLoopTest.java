package io.spoor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_server_that_stalls_does_not_hold_up_the_questions() throws Exception {
        CountDownLatch asked = new CountDownLatch(10);
        Latencies latencies = ask(exchange -> {
            asked.countDown();
            // A client that waited for an answer before it asks again would never get here ten times.
            answer(exchange, await(asked) ? 200 : 500);
        });
        assertThat(latencies.requests()).isEqualTo(10);
        assertThat(latencies.failed()).isZero();
    }

    @Test
    void a_wrong_answer_is_a_failure_and_counts() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        Latencies latencies = ask(exchange -> answer(exchange, answered.incrementAndGet() <= 3 ? 503 : 200));
        assertThat(latencies.requests()).isEqualTo(10);
        assertThat(latencies.failed()).isEqualTo(3);
    }

    @Test
    void no_answer_is_a_failure_and_counts() throws Exception {
        Latencies latencies = ask(HttpExchange::close);
        assertThat(latencies.requests()).isEqualTo(10);
        assertThat(latencies.failed()).isEqualTo(10);
    }

    private Latencies ask(HttpHandler handler) throws InterruptedException {
        server.createContext("/", handler);
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        return new OpenLoop(http, 100, Duration.ofMillis(100)).of(() -> request, answer -> answer.statusCode() == 200);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
