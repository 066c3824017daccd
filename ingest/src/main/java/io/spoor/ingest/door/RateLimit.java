package io.spoor.ingest.door;

import io.javalin.http.Context;
import io.spoor.runtime.http.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many inflated bytes a client may send, by its address: a token bucket that a body may overdraw, so that one larger than
 * the burst passes, and whoever has overdrawn is told when to come back. Clients on this machine may be left alone.
 *
 * <p>A bounded number of clients is remembered, those heard of last; who is forgotten begins with a full bucket.
 */
public final class RateLimit {
    private static final int MAX_CLIENTS = 10_000;
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final long bytesPerSecond;
    private final long burst;
    private final boolean exemptLoopback;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    public RateLimit(long bytesPerSecond, long burst, boolean exemptLoopback, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.burst = burst;
        this.exemptLoopback = exemptLoopback;
        this.nanoTime = nanoTime;
    }

    private static final class Bucket {
        private double bytes;
        private long at;
    }

    /** @throws Problem 429 while the client has overdrawn its bucket */
    void admit(Context ctx) {
        String client = ctx.req().getRemoteAddr();
        if (isExempt(client)) {
            return;
        }
        double left = draw(client, 0);
        ctx.header("RateLimit-Policy", "\"bytes\";q=" + burst + ";w=" + seconds((double) burst));
        ctx.header("RateLimit", "\"bytes\";r=" + Math.max(0, (long) left) + ";t=" + seconds(burst - left));
        if (left < 0) {
            throw Problem.tooManyRequests(
                    "This client may send " + bytesPerSecond + " bytes a second on average; repeat the request later.",
                    seconds(-left));
        }
    }

    void charge(Context ctx, long bytes) {
        String client = ctx.req().getRemoteAddr();
        if (!isExempt(client)) {
            draw(client, bytes);
        }
    }

    /** What is left after that, below 0 when it was more than there was. */
    double draw(String client, long bytes) {
        long now = nanoTime.getAsLong();
        synchronized (buckets) {
            Bucket bucket = buckets.computeIfAbsent(client, any -> full(now));
            bucket.bytes = Math.min((double) burst, bucket.bytes + (now - bucket.at) / NANOS * bytesPerSecond) - bytes;
            bucket.at = now;
            return bucket.bytes;
        }
    }

    private Bucket full(long now) {
        Bucket bucket = new Bucket();
        bucket.bytes = burst;
        bucket.at = now;
        return bucket;
    }

    private boolean isExempt(String client) {
        try {
            return exemptLoopback && InetAddress.getByName(client).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private int seconds(double bytes) {
        return (int) Math.max(1, Math.ceil(bytes / bytesPerSecond));
    }
}
