package io.spoor.enrich.unwrap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks and repairs UTF-8. What is malformed is replaced as {@code new String(bytes, UTF_8)} does it: one U+FFFD for
 * the longest beginning of a sequence that could have gone on, for an encoded half of a surrogate pair, or else for one
 * byte.
 */
final class Utf8 {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;

    private int characters;
    private int malformed;
    private int controls;

    /** Counts what is in the range, for the questions below. */
    void check(byte[] buffer, int from, int to) {
        characters = 0;
        malformed = 0;
        controls = 0;
        int at = from;
        while (at < to) {
            int plain = plainRun(buffer, at, to);
            characters += plain - at;
            at = plain;
            if (at == to) {
                return;
            }
            int length = sequence(buffer, at, to);
            characters++;
            if (length < 0) {
                malformed++;
            } else if (isControl(buffer, at, length)) {
                controls++;
            }
            at += Math.abs(length);
        }
    }

    int malformed() {
        return malformed;
    }

    /** Control characters other than tab, line feed, carriage return and escape. */
    int controls() {
        return controls;
    }

    /** Whether over a quarter of the characters are control characters or no characters at all. */
    boolean isBinary() {
        return 4L * (malformed + controls) > characters;
    }

    /** Copies with each malformed piece replaced; up to three times as long as the source. Returns the end. */
    static int repair(byte[] source, int from, int to, byte[] target, int at) {
        int out = at;
        int in = from;
        while (in < to) {
            int length = sequence(source, in, to);
            if (length > 0) {
                System.arraycopy(source, in, target, out, length);
                out += length;
            } else {
                target[out++] = (byte) 0xEF;
                target[out++] = (byte) 0xBF;
                target[out++] = (byte) 0xBD;
            }
            in += Math.abs(length);
        }
        return out;
    }

    /** The first byte from here that is not printable ASCII; eight bytes at a time. */
    private static int plainRun(byte[] buffer, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long word = (long) EIGHT_BYTES.get(buffer, at);
            long delete = word ^ ONES * 0x7F;
            // Of the hits only the lowest is to be trusted, and only that is used.
            long stops = (word | ((word - ONES * 0x20) & ~word) | ((delete - ONES) & ~delete)) & HIGHS;
            if (stops != 0) {
                return at + (Long.numberOfTrailingZeros(stops) >> 3);
            }
            at += 8;
        }
        while (at < to && buffer[at] >= 0x20 && buffer[at] != 0x7F) {
            at++;
        }
        return at;
    }

    private static boolean isControl(byte[] buffer, int at, int length) {
        byte c = buffer[at];
        if (length == 1) {
            return c < 0x20 ? c != '\t' && c != '\n' && c != '\r' && c != 0x1B : c == 0x7F;
        }
        return length == 2 && c == (byte) 0xC2 && (buffer[at + 1] & 0xFF) < 0xA0;
    }

    /** The length of the sequence that begins here; negative: that of a malformed piece. */
    private static int sequence(byte[] buffer, int at, int to) {
        int lead = buffer[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        for (int i = 1; i < length; i++) {
            if (at + i >= to) {
                return -i;
            }
            int next = buffer[at + i] & 0xFF;
            // Overlong forms and what is beyond U+10FFFF show in the second byte.
            int low = i > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int high = i > 1 ? 0xBF : lead == 0xF4 ? 0x8F : 0xBF;
            if (next < low || next > high) {
                return -i;
            }
        }
        boolean surrogate = lead == 0xED && (buffer[at + 1] & 0xFF) > 0x9F;
        return surrogate ? -length : length;
    }
}
