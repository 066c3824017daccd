package io.spoor.runtime.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Checksum;

/**
 * Bytes that grow in chunks up to a limit. Each chunk is taken from a {@link ByteBudget} before it is allocated, so a body
 * that does not fit is refused before it is held.
 */
final class BoundedBytes {
    private static final int FIRST = 8 * 1024;
    private static final int LARGEST = 1024 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private final int limit;
    private final ByteBudget budget;
    private byte[] chunk = new byte[0];
    private int used;
    private int fullBytes;
    private long held;

    BoundedBytes(int limit, ByteBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** The array to write into next, from {@link #offset()}, at most {@link #space()} bytes. */
    byte[] buffer() {
        if (used == chunk.length) {
            int size = Math.min(LARGEST, Math.max(FIRST, chunk.length * 2));
            budget.take(size);
            held += size;
            full.add(chunk);
            fullBytes += chunk.length;
            chunk = new byte[size];
            used = 0;
        }
        return chunk;
    }

    int offset() {
        return used;
    }

    int space() {
        return chunk.length - used;
    }

    /** Counts what was written; false when it is now more than the limit. */
    boolean wrote(int bytes) {
        used += bytes;
        return size() <= limit;
    }

    /** Writes exactly {@code length} bytes, which are known to stay within the limit, before anything else is written. */
    void put(int length, Fill fill) throws IOException {
        budget.take(length);
        held += length;
        byte[] target = new byte[length];
        fill.into(target);
        full.add(target);
        fullBytes += length;
    }

    /** Feeds everything from position {@code from} on into a checksum. */
    void updateFrom(int from, Checksum sum) {
        int at = 0;
        for (byte[] part : full) {
            update(sum, part, from - at, part.length);
            at += part.length;
        }
        update(sum, chunk, from - at, used);
    }

    private static void update(Checksum sum, byte[] part, int from, int to) {
        int start = Math.max(0, from);
        if (start < to) {
            sum.update(part, start, to - start);
        }
    }

    int limit() {
        return limit;
    }

    int size() {
        return fullBytes + used;
    }

    /** What is held in the budget for this. */
    long held() {
        return held;
    }

    byte[] toArray() {
        byte[] all = new byte[size()];
        int at = 0;
        for (byte[] part : full) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        System.arraycopy(chunk, 0, all, at, used);
        return all;
    }

    /** Fills an array completely. */
    interface Fill {
        void into(byte[] target) throws IOException;
    }
}
