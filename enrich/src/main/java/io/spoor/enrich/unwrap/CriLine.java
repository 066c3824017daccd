package io.spoor.enrich.unwrap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a line as Kubernetes' container runtimes write it to a file: {@code <time> stdout|stderr F|P <text>}.
 *
 * @param text where the container's own text begins
 * @param partial whether the runtime cut the text, and more follows
 */
record CriLine(long atMillis, boolean partial, int text) {
    private static final byte[] STDOUT = {' ', 's', 't', 'd', 'o', 'u', 't', ' '};
    private static final byte[] STDERR = {' ', 's', 't', 'd', 'e', 'r', 'r', ' '};

    /** {@code 2026-03-12T10:30:00.123456789+02:00} */
    private static final int LONGEST_TIME = 35;

    /** Null when the range does not begin like that, or with something that is no time. */
    static @Nullable CriLine at(byte[] buffer, int from, int to) {
        if (from >= to || buffer[from] < '0' || buffer[from] > '9') {
            return null;
        }
        int space = from;
        while (space < to && buffer[space] != ' ' && space - from <= LONGEST_TIME) {
            space++;
        }
        int tag = space + STDOUT.length;
        if (tag >= to || !(begins(buffer, space, STDOUT) || begins(buffer, space, STDERR))) {
            return null;
        }
        boolean partial = buffer[tag] == 'P';
        if ((!partial && buffer[tag] != 'F') || (tag + 1 < to && buffer[tag + 1] != ' ')) {
            return null;
        }
        long millis = LineTime.rfc3339(buffer, from, space);
        return millis == LineTime.NONE ? null : new CriLine(millis, partial, Math.min(tag + 2, to));
    }

    private static boolean begins(byte[] buffer, int at, byte[] word) {
        return Arrays.equals(buffer, at, at + word.length, word, 0, word.length);
    }
}
