package io.spoor.app.client.ship;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A JSON array of strings in the making. Bytes that are not ASCII pass as they are, broken ones too. */
final class JsonStrings {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ESCAPE = 6;

    private byte[] out;
    private int length;

    JsonStrings(int expectedBytes) {
        out = new byte[expectedBytes];
    }

    /** Adds the text {@code [from, to)} of a buffer. */
    void add(byte[] buffer, int from, int to) {
        room(3 + (to - from));
        put(length == 0 ? '[' : ',');
        put('"');
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (b == '"' || b == '\\') {
                room(2 + (to - i));
                put('\\');
                put(b);
            } else if (b >= 0 && b < ' ') {
                room(LONGEST_ESCAPE + (to - i));
                control(b);
            } else {
                put(b);
            }
        }
        room(1);
        put('"');
    }

    private void control(byte b) {
        put('\\');
        if (b == '\n') {
            put('n');
        } else if (b == '\t') {
            put('t');
        } else {
            put('u');
            put('0');
            put('0');
            put(HEX[b >> 4]);
            put(HEX[b & 15]);
        }
    }

    /** Closes the array. Returns how many of {@link #bytes()} it has. */
    int end() {
        room(2);
        if (length == 0) {
            put('[');
        }
        put(']');
        return length;
    }

    byte[] bytes() {
        return out;
    }

    private void put(int b) {
        out[length++] = (byte) b;
    }

    private void room(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
        }
    }
}
