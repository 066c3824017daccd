package io.spoor.runtime.http;

import java.time.Duration;

/**
 * How much of a body is taken.
 *
 * @param maxBytes as sent
 * @param maxInflatedBytes after decompression
 * @param timeout within which all of it must have arrived
 */
public record BodyLimits(long maxBytes, long maxInflatedBytes, Duration timeout) {
    /** From here on a body may not inflate to more than {@link #MAX_RATIO} times its size. */
    private static final long RATIO_FROM = 1024 * 1024;

    private static final int MAX_RATIO = 200;

    /** The most that {@code sent} compressed bytes may inflate to. */
    int inflatedLimit(int sent) {
        return (int) Math.min(maxInflatedBytes, Math.max(RATIO_FROM, (long) MAX_RATIO * sent));
    }
}
