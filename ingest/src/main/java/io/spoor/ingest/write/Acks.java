package io.spoor.ingest.write;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Waits for the acknowledgements of many records; the first failure ends the waiting. */
final class Acks implements Callback {
    /** How often the pulse is felt while waiting. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private final Pulse pulse;

    /** Records without an answer, and one for the sender until it has sent the last. */
    private final AtomicInteger open = new AtomicInteger(1);

    Acks(Pulse pulse) {
        this.pulse = pulse;
    }

    void sending() {
        open.incrementAndGet();
        pulse.sent();
    }

    void sentAll() {
        answered();
    }

    boolean failed() {
        return all.isCompletedExceptionally();
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            pulse.failed();
            all.completeExceptionally(failure);
        } else {
            pulse.acknowledged();
            answered();
        }
    }

    /** Waits for all of them, but not longer than Kafka is heard of, nor longer than the timeout. */
    void await(Duration timeout) throws Unavailable {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!isDone(deadline - System.nanoTime())) {
                if (pulse.isSilent()) {
                    throw new Unavailable("Kafka does not answer.", null);
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new Unavailable("Kafka did not acknowledge the lines in time.", null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted while waiting for Kafka.", e);
        } catch (ExecutionException e) {
            throw new Unavailable("Kafka did not take the lines.", e.getCause() == null ? e : e.getCause());
        }
    }

    private boolean isDone(long nanosLeft) throws InterruptedException, ExecutionException {
        try {
            all.get(Math.min(nanosLeft, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void answered() {
        if (open.decrementAndGet() == 0) {
            all.complete(null);
        }
    }
}
