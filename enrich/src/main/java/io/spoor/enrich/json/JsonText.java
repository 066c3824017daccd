package io.spoor.enrich.json;

/** Takes the escapes out of a JSON string that {@link JsonScan} has found to be well formed. */
public final class JsonText {
    private JsonText() {}

    /**
     * Writes the text between two quotes as UTF-8, never longer than its source.
     *
     * @return the end of what was written; its complement ({@code ~end}) when half of a surrogate pair stood alone and
     *     became U+FFFD
     */
    public static int unescape(byte[] source, int from, int to, byte[] target, int at) {
        boolean lone = false;
        int in = from;
        int out = at;
        while (in < to) {
            byte c = source[in++];
            if (c != '\\') {
                target[out++] = c;
                continue;
            }
            byte escape = source[in++];
            if (escape != 'u') {
                target[out++] = simple(escape);
                continue;
            }
            int unit = unit(source, in);
            in += 4;
            int codePoint = unit;
            if (unit >= 0xD800 && unit <= 0xDFFF) {
                codePoint = 0xFFFD;
                if (unit < 0xDC00 && in + 6 <= to && source[in] == '\\' && source[in + 1] == 'u') {
                    int low = unit(source, in + 2);
                    if (low >= 0xDC00 && low <= 0xDFFF) {
                        codePoint = Character.toCodePoint((char) unit, (char) low);
                        in += 6;
                    }
                }
                lone |= codePoint == 0xFFFD;
            }
            out = encode(codePoint, target, out);
        }
        return lone ? ~out : out;
    }

    private static byte simple(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private static int unit(byte[] source, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            unit = (unit << 4) | Character.digit(source[i], 16);
        }
        return unit;
    }

    private static int encode(int codePoint, byte[] target, int at) {
        int out = at;
        if (codePoint < 0x80) {
            target[out++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            target[out++] = (byte) (0xC0 | (codePoint >> 6));
            target[out++] = (byte) (0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            target[out++] = (byte) (0xE0 | (codePoint >> 12));
            target[out++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            target[out++] = (byte) (0x80 | (codePoint & 0x3F));
        } else {
            target[out++] = (byte) (0xF0 | (codePoint >> 18));
            target[out++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            target[out++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
            target[out++] = (byte) (0x80 | (codePoint & 0x3F));
        }
        return out;
    }
}
