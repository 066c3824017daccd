package io.spoor.enrich.json;

import java.nio.charset.StandardCharsets;

/** A member's name to look for, hashed once so that {@link JsonScan#find} compares integers. */
public final class JsonName {
    final byte[] utf8;
    final int hash;

    private JsonName(byte[] utf8) {
        this.utf8 = utf8;
        this.hash = hash(utf8, 0, utf8.length);
    }

    public static JsonName of(String name) {
        return new JsonName(name.getBytes(StandardCharsets.UTF_8));
    }

    static int hash(byte[] buffer, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + buffer[i];
        }
        return hash;
    }

    /** One of 64 bits, so that a name that no member has is mostly ruled out by a single test. */
    static long bit(int hash) {
        return 1L << ((hash * 0x9E3779B9) >>> 26);
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
