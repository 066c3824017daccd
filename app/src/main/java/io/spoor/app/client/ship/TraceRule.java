package io.spoor.app.client.ship;

import java.nio.charset.StandardCharsets;

/**
 * Which physical lines are one: a crash prints its trace as a line of plain text and, below it, lines that begin with white
 * space, {@code at }, {@code Caused by:}, {@code Suppressed:}, {@code ... n more} or {@code }}. JSON is never joined to
 * anything, and a line that could continue another one never begins a trace, so that an object printed over several lines
 * stays as it is.
 */
final class TraceRule {

    private static final byte[][] BEGINNINGS = {bytes("at "), bytes("Caused by:"), bytes("Suppressed:"), bytes("}")};
    private static final byte[] MORE = bytes("... ");

    private TraceRule() {}

    /** Whether the line {@code [from, to)} may be the first one of a trace. */
    static boolean begins(byte[] buffer, int from, int to) {
        int first = visible(buffer, from, to);
        return first < to && first == from && !isJson(buffer, first, to) && !continues(buffer, from, to);
    }

    /** Whether the line {@code [from, to)} belongs to the one before it, if that is part of a trace. */
    static boolean continues(byte[] buffer, int from, int to) {
        int first = visible(buffer, from, to);
        if (first == to || isJson(buffer, first, to)) {
            return false;
        }
        if (first > from) {
            return true;
        }
        for (byte[] beginning : BEGINNINGS) {
            if (startsWith(buffer, from, to, beginning)) {
                return true;
            }
        }
        int digit = from + MORE.length;
        return startsWith(buffer, from, to, MORE) && digit < to && buffer[digit] >= '0' && buffer[digit] <= '9';
    }

    private static boolean isJson(byte[] buffer, int first, int to) {
        byte b = buffer[first];
        return b == '{' || b == '"' || (b == '[' && first + 1 < to && buffer[first + 1] == '{');
    }

    private static int visible(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r' || buffer[at] == '\n')) {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] buffer, int from, int to, byte[] beginning) {
        if (to - from < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (buffer[from + i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
