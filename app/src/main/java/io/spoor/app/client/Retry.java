package io.spoor.app.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to ask again: exponential waits with full jitter (each wait is uniform between nothing and the doubling bound, so
 * that clients do not return in step), or what {@code Retry-After} asks for, until the attempts or the waiting are used up.
 *
 * @param attempts how often to ask at most, the first time included
 * @param base the bound of the first wait, doubled for each further one
 * @param budget how long to wait at most, all waits together
 * @param jitter a number in [0, 1)
 * @param pause how to wait
 */
public record Retry(int attempts, Duration base, Duration budget, DoubleSupplier jitter, Pause pause) {

    private static final long LONGEST_WAIT_MILLIS = 20_000;
    private static final Duration LONGEST_WHEN_ENDLESS = Duration.ofSeconds(30);

    /** Waits on the calling thread. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration wait) throws InterruptedException;
    }

    /** For a delivery, which is worth a minute. */
    public static Retry patient() {
        return waiting(Duration.ofSeconds(60));
    }

    /** For a delivery that ends only when {@code pause} throws; no wait is longer than 30 s, whatever the server asks for. */
    public static Retry endless(Pause pause) {
        return new Retry(
                Integer.MAX_VALUE,
                Duration.ofMillis(500),
                Duration.ZERO,
                () -> ThreadLocalRandom.current().nextDouble(),
                pause);
    }

    /** For a question, whose asker is looking at the screen. */
    static Retry brief() {
        return waiting(Duration.ofSeconds(10));
    }

    private static Retry waiting(Duration budget) {
        return new Retry(
                5,
                Duration.ofMillis(500),
                budget,
                () -> ThreadLocalRandom.current().nextDouble(),
                wait -> Thread.sleep(wait.toMillis()));
    }

    /**
     * The wait after {@code failed} failed attempts, or null when it is time to give up.
     *
     * @param asked the server's {@code Retry-After}; it may be late, never early, so no jitter shortens it
     */
    public @Nullable Duration after(int failed, Duration waited, @Nullable Duration asked) {
        if (failed >= attempts) {
            return null;
        }
        long bound = Math.min(LONGEST_WAIT_MILLIS, base.toMillis() << Math.min(failed - 1, 16));
        Duration jittered = Duration.ofMillis((long) (jitter.getAsDouble() * bound));
        Duration wait = asked == null ? jittered : asked.plus(jittered.dividedBy(4));
        if (attempts == Integer.MAX_VALUE) {
            return wait.compareTo(LONGEST_WHEN_ENDLESS) > 0 ? LONGEST_WHEN_ENDLESS : wait;
        }
        return waited.plus(wait).compareTo(budget) > 0 ? null : wait;
    }
}
