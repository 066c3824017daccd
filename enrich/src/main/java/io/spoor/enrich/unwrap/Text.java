package io.spoor.enrich.unwrap;

/**
 * A piece of text after the text step: valid UTF-8, without byte order mark, holes and line ends around it.
 *
 * @param replaced whether something malformed became U+FFFD
 * @param binary whether there is more noise in it than a text has
 */
@SuppressWarnings("ArrayRecordComponent") // a range of a buffer, never compared
record Text(byte[] buffer, int from, int to, boolean replaced, boolean binary) {
    boolean isBlank() {
        return from == to;
    }

    /** Of the first byte that is no white space. */
    int visible() {
        return pastSpace(buffer, from, to);
    }

    static int pastSpace(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && isSpace(buffer[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** The range without the NULs, line ends and byte order marks around it; nothing when no more than space is left. */
    static Text trimmed(byte[] buffer, int from, int to) {
        int first = from;
        while (first < to && (isEdge(buffer[first]) || isMark(buffer, first, to))) {
            first += isEdge(buffer[first]) ? 1 : 3;
        }
        int last = to;
        while (last > first && isEdge(buffer[last - 1])) {
            last--;
        }
        int visible = first;
        while (visible < last && (isSpace(buffer[visible]) || buffer[visible] == 0)) {
            visible++;
        }
        return new Text(buffer, visible == last ? last : first, last, false, false);
    }

    private static boolean isEdge(byte b) {
        return b == 0 || b == '\n' || b == '\r';
    }

    private static boolean isMark(byte[] buffer, int at, int to) {
        return to - at >= 3
                && buffer[at] == (byte) 0xEF
                && buffer[at + 1] == (byte) 0xBB
                && buffer[at + 2] == (byte) 0xBF;
    }
}
