package io.spoor.runtime;

/**
 * Foreign text made safe to stand in a message: at most 200 characters, control characters as {@code \}{@code uXXXX},
 * so that it can neither flood nor inject into a log, a header or a terminal.
 */
public final class Quoted {
    private static final int MAX = 200;

    private Quoted() {}

    public static String of(String text) {
        int end = Math.min(text.length(), MAX);
        StringBuilder out = new StringBuilder(end + 8);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                escape(out, c);
            } else {
                out.append(c);
            }
        }
        return end < text.length() ? out.append('…').toString() : out.toString();
    }

    private static void escape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
    }
}
