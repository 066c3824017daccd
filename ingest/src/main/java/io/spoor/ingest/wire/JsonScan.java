package io.spoor.ingest.wire;

import java.util.Arrays;

/**
 * Finds where a JSON value ends, by the grammar of RFC 8259, in one pass over the bytes and without recursion, so that
 * nesting costs one bit a level. Only the encoding is not checked: broken UTF-8 within a string is the reader's concern, and
 * no reason to refuse the whole body that holds it.
 */
final class JsonScan {
    private static final int MORE = -2;

    private final byte[] in;
    /** A bit a level: whether it is an object. */
    private long[] objects = new long[1];

    private int depth;
    private int at;
    private int to;
    /** Whether the value begun last has also ended. */
    private boolean closed;

    private String expected = "";

    JsonScan(byte[] in) {
        this.in = in;
    }

    /** The position after the value that begins at {@code from}, or -1 when there is none before {@code end}. */
    int value(int from, int end) {
        at = from;
        to = end;
        depth = 0;
        while (true) {
            if (!begin()) {
                return -1;
            }
            if (!closed) {
                continue;
            }
            int state = afterValue();
            if (state != MORE) {
                return state;
            }
        }
    }

    /** Where the last failed scan stopped. */
    int position() {
        return at;
    }

    /** What the last failed scan expected there, and what it found instead. */
    String complaint() {
        if (at >= to) {
            return "expected " + expected + " but the body ends";
        }
        int found = in[at] & 0xff;
        boolean printable = found > ' ' && found < 0x7f;
        return "expected " + expected + " but found "
                + (printable
                        ? "'" + (char) found + "'"
                        : "0x" + Character.forDigit(found >> 4, 16) + Character.forDigit(found & 15, 16));
    }

    /** Reads a scalar, an empty container, or the opening of one; {@link #closed} tells whether a value ended. */
    private boolean begin() {
        closed = true;
        if (at >= to) {
            return fail("a value");
        }
        return switch (in[at]) {
            case '{' -> open(true, '}');
            case '[' -> open(false, ']');
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        };
    }

    private boolean open(boolean object, char close) {
        at++;
        space();
        if (at < to && in[at] == close) {
            at++;
            return true;
        }
        if (depth >> 6 == objects.length) {
            objects = Arrays.copyOf(objects, objects.length * 2);
        }
        long bit = 1L << (depth & 63);
        objects[depth >> 6] = object ? objects[depth >> 6] | bit : objects[depth >> 6] & ~bit;
        depth++;
        closed = false;
        return !object || key();
    }

    /** After a value: closes what ends here. The end of the whole value, -1, or {@link #MORE} when another value follows. */
    private int afterValue() {
        while (depth > 0) {
            boolean object = (objects[(depth - 1) >> 6] >> ((depth - 1) & 63) & 1) == 1;
            space();
            if (at < to && in[at] == ',') {
                at++;
                space();
                return object && !key() ? -1 : MORE;
            }
            if (at >= to || in[at] != (object ? '}' : ']')) {
                fail(object ? "',' or '}'" : "',' or ']'");
                return -1;
            }
            at++;
            depth--;
        }
        return at;
    }

    private boolean key() {
        if (at >= to || in[at] != '"') {
            return fail("a name in double quotes");
        }
        if (!string()) {
            return false;
        }
        space();
        if (at >= to || in[at] != ':') {
            return fail("':'");
        }
        at++;
        space();
        return true;
    }

    private boolean string() {
        at++;
        while (at < to) {
            byte b = in[at];
            if (b == '"') {
                at++;
                return true;
            }
            if (b >= 0 && b < ' ') {
                return fail("a string without control characters");
            }
            at++;
            if (b == '\\' && !escape()) {
                return false;
            }
        }
        return fail("'\"'");
    }

    private boolean escape() {
        if (at >= to || "\"\\/bfnrtu".indexOf(in[at]) < 0) {
            return fail("an escape");
        }
        if (in[at++] == 'u') {
            for (int end = at + 4; at < end; at++) {
                if (at >= to || Character.digit(in[at], 16) < 0) {
                    return fail("four hexadecimal digits");
                }
            }
        }
        return true;
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= to || in[at] != word.charAt(i)) {
                return fail(word);
            }
        }
        return true;
    }

    private boolean number() {
        int start = at;
        if (in[at] == '-') {
            at++;
        }
        if (at < to && in[at] == '0') {
            at++;
        } else if (!digits()) {
            return fail(at == start ? "a value" : "a digit");
        }
        if (at < to && in[at] == '.') {
            at++;
            if (!digits()) {
                return fail("a digit");
            }
        }
        if (at < to && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            if (at < to && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            return digits() || fail("a digit");
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (at < to && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        return at > start;
    }

    private void space() {
        while (at < to && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    private boolean fail(String what) {
        expected = what;
        return false;
    }
}
