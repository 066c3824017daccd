package io.spoor.ingest.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stream's labels as Prometheus writes them: <code>{env="prod", service="o"}</code>, values with the escapes of Go's string
 * literals, white space and a last comma anywhere between.
 */
final class LabelSelector {
    private final byte[] in;
    private final int end;
    private int at;

    private LabelSelector(byte[] in, int from, int end) {
        this.in = in;
        this.at = from;
        this.end = end;
    }

    /** Names to values, in their order; of a repeated name the last counts. */
    static Map<String, String> parse(byte[] in, int from, int to) throws MalformedBody {
        return new LabelSelector(in, from, to).labels();
    }

    private Map<String, String> labels() throws MalformedBody {
        Map<String, String> labels = new LinkedHashMap<>();
        space();
        take('{');
        space();
        while (peek() != '}') {
            String name = name();
            space();
            take('=');
            space();
            LokiHeaders.put(labels, name, value());
            space();
            if (peek() != '}') {
                take(',');
                space();
            }
        }
        take('}');
        space();
        if (at < end) {
            throw malformed("nothing after the labels");
        }
        return labels;
    }

    private String name() throws MalformedBody {
        int from = at;
        while (at < end && (Character.isLetterOrDigit(in[at]) || in[at] == '_')) {
            at++;
        }
        String name = new String(in, from, at - from, StandardCharsets.ISO_8859_1);
        if (!LokiHeaders.isLabelName(name)) {
            at = from;
            throw malformed("a label's name");
        }
        return name;
    }

    private String value() throws MalformedBody {
        int quote = peek();
        if (quote != '"' && quote != '`' && quote != '\'') {
            throw malformed("a value in quotes");
        }
        at++;
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        while (peek() != quote) {
            if (at >= end) {
                throw malformed("the end of a value");
            }
            byte b = in[at++];
            if (b == '\\' && quote != '`') {
                escape(value);
            } else {
                value.write(b);
            }
        }
        at++;
        return value.toString(StandardCharsets.UTF_8);
    }

    private void escape(ByteArrayOutputStream value) throws MalformedBody {
        int c = peek();
        at++;
        switch (c) {
            case 'a' -> value.write(7);
            case 'b' -> value.write('\b');
            case 'f' -> value.write('\f');
            case 'n' -> value.write('\n');
            case 'r' -> value.write('\r');
            case 't' -> value.write('\t');
            case 'v' -> value.write(0x0b);
            case '\\', '"', '\'' -> value.write(c);
            case 'x' -> value.write(digits(2, 16));
            case 'u' -> character(value, digits(4, 16));
            case 'U' -> character(value, digits(8, 16));
            case '0', '1', '2', '3' -> {
                at--;
                value.write(digits(3, 8));
            }
            default -> {
                at--;
                throw malformed("an escape");
            }
        }
    }

    private void character(ByteArrayOutputStream value, int codePoint) throws MalformedBody {
        boolean whole = Character.isValidCodePoint(codePoint)
                && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
        if (!whole) {
            throw malformed("a character's number");
        }
        value.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    private int digits(int count, int radix) throws MalformedBody {
        int number = 0;
        for (int i = 0; i < count; i++, at++) {
            int digit = peek() < 0 ? -1 : Character.digit(peek(), radix);
            if (digit < 0) {
                throw malformed(count + " digits");
            }
            number = number * radix + digit;
        }
        return number;
    }

    private void space() {
        at = Bytes.skipSpace(in, at, end);
    }

    /** The next byte, or -1 at the end. */
    private int peek() {
        return at < end ? in[at] & 0xff : -1;
    }

    private void take(char wanted) throws MalformedBody {
        if (peek() != wanted) {
            throw malformed("'" + wanted + "'");
        }
        at++;
    }

    private MalformedBody malformed(String expected) {
        return new MalformedBody(at, "couldn't parse labels: expected " + expected);
    }
}
