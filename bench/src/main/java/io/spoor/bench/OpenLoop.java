package io.spoor.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Sends requests when they are due, whether or not earlier ones have been answered, and counts each from that moment: a
 * server that stalls cannot make its own pauses unseen by holding up the questions (coordinated omission).
 */
final class OpenLoop {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final HttpClient http;
    private final double rate;
    private final Duration length;

    /** @param rate requests a second */
    OpenLoop(HttpClient http, double rate, Duration length) {
        this.http = http;
        this.rate = rate;
        this.length = length;
    }

    /**
     * Sends requests for the whole time and waits for the last answers.
     *
     * @param next makes a request; each must have a time-out
     * @param right whether an answer is the one expected
     */
    Latencies of(Supplier<HttpRequest> next, Predicate<HttpResponse<byte[]>> right) throws InterruptedException {
        ConcurrentHistogram nanos = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        long requests = Math.max(1, Math.round(rate * length.toNanos() / 1e9));
        long start = System.nanoTime();
        for (long i = 0; i < requests; i++) {
            long due = start + Math.round(i * 1e9 / rate);
            HttpRequest request = next.get();
            awaitUntil(due);
            answers.add(http.sendAsync(request, BodyHandlers.ofByteArray()).handle((answer, failure) -> {
                nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - due));
                return failure == null && right.test(answer);
            }));
        }
        long failed = answers.stream().filter(answer -> !answer.join()).count();
        return Latencies.of(nanos, failed);
    }

    private static void awaitUntil(long nanoTime) throws InterruptedException {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(left);
        }
    }
}
