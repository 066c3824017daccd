package io.spoor.runtime.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all requests together may hold in memory. Whoever would exceed it is told to come back, so that many large
 * bodies at once cannot exhaust the heap.
 */
public final class ByteBudget {
    private static final int RETRY_AFTER_SECONDS = 2;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** The bytes held at present. */
    public long used() {
        return used.get();
    }

    /** @throws Problem 503 when it does not fit at present; nothing is taken then */
    void take(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            throw Problem.unavailable("Too many bytes are under way; repeat the request later.", RETRY_AFTER_SECONDS);
        }
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }
}
