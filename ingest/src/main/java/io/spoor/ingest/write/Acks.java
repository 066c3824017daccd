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
    private final CompletableFuture<Void> all = new CompletableFuture<>();

    /** Records without an answer, and one for the sender until it has sent the last. */
    private final AtomicInteger open = new AtomicInteger(1);

    void sending() {
        open.incrementAndGet();
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
            all.completeExceptionally(failure);
        } else {
            answered();
        }
    }

    void await(Duration timeout) throws Unavailable {
        try {
            all.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted while waiting for Kafka.", e);
        } catch (ExecutionException e) {
            throw new Unavailable("Kafka did not take the lines.", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new Unavailable("Kafka did not acknowledge the lines in time.", e);
        }
    }

    private void answered() {
        if (open.decrementAndGet() == 0) {
            all.complete(null);
        }
    }
}
