package io.spoor.app.demo;

import io.spoor.app.Failure;
import io.spoor.app.client.Client;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Made traffic on a thread of its own, for {@code spoor up --demo}. It begins two minutes in the past, so that there are
 * whole stories to look at from the first second on.
 */
public final class DemoRunner implements AutoCloseable {

    private static final Duration PAST = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable String requestIdToTry;
    private volatile @Nullable String failure;

    private DemoRunner(Client client, InstantSource clock, long seed, double linesPerSecond) {
        this.thread = new Thread(() -> run(client, clock, seed, linesPerSecond), "spoor-demo");
        thread.setDaemon(true);
    }

    /** Starts sending to a server that takes lines already. */
    public static DemoRunner start(Client client, InstantSource clock, long seed, double linesPerSecond) {
        DemoRunner runner = new DemoRunner(client, clock, seed, linesPerSecond);
        runner.thread.start();
        return runner;
    }

    /** A request whose story is over, was taken by Spoor and is worth reading; empty until there is one. */
    public Optional<String> requestIdToTry() {
        return Optional.ofNullable(requestIdToTry);
    }

    /** Why the traffic stopped by itself, as a sentence; empty while it flows. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void run(Client client, InstantSource clock, long seed, double linesPerSecond) {
        Truth truth = new Truth(run -> {});
        DemoTraffic traffic = new DemoTraffic(seed, clock.millis() - PAST.toMillis(), linesPerSecond);
        Feed feed = new Feed(client, traffic, truth, Long.MAX_VALUE);
        try {
            do {
                feed.sendDue(clock);
                requestIdToTry = truth.requestIdToTry();
            } while (!closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (Failure e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the traffic, in the middle of a delivery too; waits at most five seconds. Closing twice does no harm. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
