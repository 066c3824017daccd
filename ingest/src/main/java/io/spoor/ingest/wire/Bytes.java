package io.spoor.ingest.wire;

/** Looking for things in byte arrays. */
final class Bytes {
    private Bytes() {}

    /** The first position from {@code at} on that is no white space within a line, or {@code to}. */
    static int skipBlank(byte[] in, int at, int to) {
        int i = at;
        while (i < to && isBlank(in[i])) {
            i++;
        }
        return i;
    }

    /** The first position from {@code at} on that is neither white space nor a line end, or {@code to}. */
    static int skipSpace(byte[] in, int at, int to) {
        int i = at;
        while (i < to && (isBlank(in[i]) || in[i] == '\n')) {
            i++;
        }
        return i;
    }

    /** The next line feed, or the end. */
    static int lineFeed(byte[] in, int at) {
        int i = at;
        while (i < in.length && in[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Where the line that a line feed ends really ends: CRLF is one line end. */
    static int withoutReturn(byte[] in, int from, int lineFeed) {
        return lineFeed > from && in[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    }

    static int count(byte[] in, int from, int to, byte wanted) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (in[i] == wanted) {
                count++;
            }
        }
        return count;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\f' || b == 0x0b;
    }
}
