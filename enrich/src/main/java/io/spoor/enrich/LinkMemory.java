package io.spoor.enrich;

import io.spoor.model.Id;
import java.time.Duration;

/**
 * Which links were passed on lately, so that a trail's every line does not repeat them. It forgets at will: a repeated link is
 * harmless, so a direct-mapped table of 64-bit hashes does. A link is passed on anew each hour, which keeps it alive as long
 * as its trail. One instance serves one thread.
 */
final class LinkMemory {
    private static final int SLOTS = 1 << 16;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final long[] hashes = new long[SLOTS];

    /** Whether this link is new here; from now on it is not. */
    boolean isNew(Id id, Id linked, long atMillis) {
        long hash = mix(mix(mix(atMillis / HOUR, id.kind().prefix()), id.value()), linked.value()) | 1;
        int slot = (int) (hash >>> 48);
        if (hashes[slot] == hash) {
            return false;
        }
        hashes[slot] = hash;
        return true;
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }
}
