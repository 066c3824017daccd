package io.spoor.app.client;

/** Text of unknown origin made harmless for a terminal. */
public final class SafeText {

    private static final int QUOTED = 200;
    private static final char ESC = '\u001b';

    private SafeText() {}

    /**
     * The text without anything that a terminal obeys: ANSI sequences, C0 and C1 controls, and the invisible marks that
     * turn the direction of writing (they could make a line read as another one). Newlines stay, a tab becomes spaces, half a
     * surrogate pair becomes U+FFFD.
     */
    public static String clean(String text) {
        int first = firstUnsafe(text);
        if (first == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length()).append(text, 0, first);
        int i = first;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int end = i + Character.charCount(c);
            if (c == ESC) {
                end = endOfSequence(text, end);
            } else if (c == '\t') {
                safe.append("    ");
            } else if (isHalfPair(c)) {
                safe.append('\ufffd');
            } else if (!isUnsafe(c)) {
                safe.appendCodePoint(c);
            }
            i = end;
        }
        return safe.toString();
    }

    /** The text on one line, cut at 200 characters, to stand inside a sentence. */
    public static String quoted(String text) {
        String line = clean(text).replace('\n', ' ').strip();
        if (line.codePointCount(0, line.length()) <= QUOTED) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, QUOTED)) + "…";
    }

    private static int firstUnsafe(String text) {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (isUnsafe(c)) {
                return i;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static boolean isUnsafe(int c) {
        return (c != '\n' && Character.getType(c) == Character.CONTROL)
                || isHalfPair(c)
                || turnsDirection(c)
                || c == 0x2028
                || c == 0x2029;
    }

    private static boolean isHalfPair(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static boolean turnsDirection(int c) {
        boolean embeds = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        return embeds || c == 0x200e || c == 0x200f || c == 0x061c;
    }

    /**
     * Where a control sequence (ECMA-48: {@code ESC [}, parameters, one final byte) that begins before {@code i} ends. Of any
     * other sequence only the ESC goes: one that never ends would otherwise swallow the rest of the line.
     */
    private static int endOfSequence(String text, int i) {
        if (i >= text.length() || text.charAt(i) != '[') {
            return i;
        }
        int end = i + 1;
        while (end < text.length() && text.charAt(end) >= 0x20 && text.charAt(end) <= 0x3f) {
            end++;
        }
        boolean isFinal = end < text.length() && text.charAt(end) >= 0x40 && text.charAt(end) <= 0x7e;
        return isFinal ? end + 1 : end;
    }
}
