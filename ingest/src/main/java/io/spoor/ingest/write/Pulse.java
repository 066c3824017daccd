package io.spoor.ingest.write;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether Kafka is alive, told by its answers: while records wait and none has been acknowledged for a second, it is away. As
 * long as it is, only one writer each second is let through to find out whether it is back; all others are turned away at
 * once, so that they hold neither threads nor memory. An acknowledgement ends it.
 */
final class Pulse {
    /** How long silence is borne. A leader's election takes longer, and shippers repeat. */
    static final Duration SILENCE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong nextTry = new AtomicLong();
    private volatile long lastBeat;
    private volatile boolean away;

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    Pulse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastBeat = nanoTime.getAsLong();
    }

    /** Whether a writer may try. */
    boolean admits() {
        if (!away) {
            return true;
        }
        long now = nanoTime.getAsLong();
        long due = nextTry.get();
        return now - due >= 0 && nextTry.compareAndSet(due, now + SILENCE.toNanos());
    }

    void sent() {
        if (waiting.getAndIncrement() == 0) {
            lastBeat = nanoTime.getAsLong();
        }
    }

    void acknowledged() {
        lastBeat = nanoTime.getAsLong();
        away = false;
        waiting.decrementAndGet();
    }

    void failed() {
        waiting.decrementAndGet();
    }

    /** Kafka could not even be sent to. */
    void missed() {
        if (!away) {
            nextTry.set(nanoTime.getAsLong() + SILENCE.toNanos());
            away = true;
        }
    }

    /** Whether the silence has lasted too long; then Kafka is away from now on. */
    boolean isSilent() {
        boolean silent = waiting.get() > 0 && nanoTime.getAsLong() - lastBeat >= SILENCE.toNanos();
        if (silent) {
            missed();
        }
        return silent;
    }
}
