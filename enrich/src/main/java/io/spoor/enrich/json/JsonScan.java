package io.spoor.enrich.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value, checked strictly (RFC 8259) in one pass over its bytes, and a table of the members of the outermost
 * object: where name and value lie, and what the value is. Nothing is copied or decoded until asked for.
 *
 * <p>A scan is made once and used again and again; it looks into the caller's buffer, so what it says holds as long as
 * those bytes stay as they are. The value may be followed by anything: {@link #end} says where it stops, which is how
 * several values in a row are read. Names are compared bytewise; of a repeated name the last member counts.
 *
 * <p>A value nested deeper than the limit is read to its end all the same, so {@link Outcome#TOO_DEEP} is never said of
 * bytes that are no JSON. The table grows with the object and is given back by the next scan when it was a huge one.
 */
public final class JsonScan {
    /** What a scan found. */
    public enum Outcome {
        VALUE,
        /** Not JSON, or cut off; {@link #errorAt} and {@link #errorReason} say where and why. */
        MALFORMED,
        /** Well formed, but nested deeper than the limit; its members are not to be used. */
        TOO_DEEP
    }

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;

    // A member is a row of six integers.
    private static final int NAME_FROM = 0;
    private static final int NAME_TO = 1;
    private static final int NAME_HASH = 2;
    private static final int VALUE_FROM = 3;
    private static final int VALUE_TO = 4;
    private static final int TRAITS = 5;
    private static final int ROW = 6;
    private static final int RETAINED_ROWS = 1024;

    private static final int NAME_ESCAPED = 1;
    private static final int VALUE_ESCAPED = 2;

    private final int maxDepth;
    private byte[] buffer = new byte[0];
    private int limit;
    private int start = -1;
    private int end = -1;
    private JsonKind kind = JsonKind.NULL;
    private boolean rootEscaped;
    private int[] table = new int[32 * ROW];
    private int size;
    private long nameBits;

    /** For each open container, outermost first: is it an object? One bit each. */
    private long[] objects = new long[1];

    private int deepest;
    private boolean escaped;
    private int errorAt = -1;
    private String errorReason = "";
    private byte[] scratch = new byte[64];
    private @Nullable JsonScan below;
    private int found = -1;

    public JsonScan(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** Reads the value that begins at {@code from}, white space before it allowed; {@code to} is exclusive. */
    public Outcome scan(byte[] bytes, int from, int to) {
        buffer = bytes;
        limit = to;
        size = 0;
        nameBits = 0;
        deepest = 0;
        errorAt = -1;
        errorReason = "";
        found = -1;
        if (below != null) {
            below.end = -1; // what it held may be other bytes by now
        }
        if (table.length > RETAINED_ROWS * ROW) {
            table = new int[32 * ROW];
        }
        if (objects.length > RETAINED_ROWS) {
            objects = new long[1];
        }
        start = pastSpace(from);
        escaped = false;
        end = start < limit && buffer[start] == '{' ? object(start) : value(start);
        rootEscaped = escaped;
        if (end < 0) {
            return Outcome.MALFORMED;
        }
        kind = kindOf(buffer[start]);
        return deepest > maxDepth ? Outcome.TOO_DEEP : Outcome.VALUE;
    }

    /** Whether the last scan succeeded and was of the value that begins exactly here. */
    public boolean holds(byte[] bytes, int from) {
        return end >= 0 && buffer == bytes && start == from;
    }

    /** Whether the last scan ended with {@link Outcome#TOO_DEEP}. */
    public boolean tooDeep() {
        return end >= 0 && deepest > maxDepth;
    }

    public byte[] buffer() {
        return buffer;
    }

    /** Of the value's first byte. */
    public int start() {
        return start;
    }

    /** Just behind the value's last byte; negative when the scan failed. */
    public int end() {
        return end;
    }

    public JsonKind kind() {
        return kind;
    }

    /** Whether the value is a string with escapes in it. */
    public boolean escaped() {
        return rootEscaped;
    }

    /** The byte that could not be part of a value, or where the bytes ended too early; -1 without an error. */
    public int errorAt() {
        return errorAt;
    }

    /** In a few words, such as {@code expected ':'}; empty without an error. */
    public String errorReason() {
        return errorReason;
    }

    /** How many members the object has; none when the value is no object. */
    public int size() {
        return size;
    }

    /** The last member of this name, or -1. */
    public int find(JsonName name) {
        if ((nameBits & JsonName.bit(name.hash)) == 0) {
            return -1;
        }
        for (int row = (size - 1) * ROW; row >= 0; row -= ROW) {
            if (table[row + NAME_HASH] == name.hash && named(row, name.utf8)) {
                return row / ROW;
            }
        }
        return -1;
    }

    public boolean has(JsonName name) {
        return find(name) >= 0;
    }

    /** The last member of this name if it is of that kind, else -1. */
    public int find(JsonName name, JsonKind wanted) {
        int i = find(name);
        return i >= 0 && kind(i) == wanted ? i : -1;
    }

    /**
     * Follows a path into nested objects, which are scanned again for it.
     *
     * @return the scan whose member {@link #found} is the value: this one, or one below that stays valid until the next
     *     {@code seek}; null when there is none
     */
    public @Nullable JsonScan seek(JsonPath path) {
        for (List<JsonName> spelling : path.spellings) {
            JsonScan hit = seek(spelling, 0);
            if (hit != null) {
                return hit;
            }
        }
        return null;
    }

    private @Nullable JsonScan seek(List<JsonName> names, int from) {
        found = find(names.get(from));
        if (found < 0 || from == names.size() - 1) {
            return found < 0 ? null : this;
        }
        if (kind(found) != JsonKind.OBJECT) {
            return null;
        }
        if (below == null) {
            below = new JsonScan(maxDepth);
        }
        int at = valueFrom(found);
        // Many paths begin alike (kubernetes.…): the object is scanned again only when another one came between.
        if (!below.holds(buffer, at) || below.kind != JsonKind.OBJECT) {
            below.scan(buffer, at, valueTo(found));
        }
        return below.seek(names, from + 1);
    }

    /** The member that the last {@link #seek} found in this scan. */
    public int found() {
        return found;
    }

    public String name(int i) {
        int row = i * ROW;
        return text(table[row + NAME_FROM], table[row + NAME_TO], (table[row + TRAITS] & NAME_ESCAPED) != 0);
    }

    /** Of the name's opening quote. */
    public int nameFrom(int i) {
        return table[i * ROW + NAME_FROM] - 1;
    }

    public JsonKind kind(int i) {
        return kindOf(buffer[valueFrom(i)]);
    }

    /** Of the value's first byte, a string's opening quote included. */
    public int valueFrom(int i) {
        return table[i * ROW + VALUE_FROM];
    }

    /** Just behind the value's last byte, a string's closing quote included. */
    public int valueTo(int i) {
        return table[i * ROW + VALUE_TO];
    }

    /** Whether the string has escapes; without, its bytes between the quotes are its text. */
    public boolean escaped(int i) {
        return (table[i * ROW + TRAITS] & VALUE_ESCAPED) != 0;
    }

    /** The text of a string, escapes taken out, half surrogate pairs replaced; null for every other kind. */
    public @Nullable String string(int i) {
        return kind(i) == JsonKind.STRING ? text(valueFrom(i) + 1, valueTo(i) - 1, escaped(i)) : null;
    }

    /** An integer written without point and exponent that fits, exactly; else {@code otherwise}. */
    public long longOr(int i, long otherwise) {
        if (kind(i) != JsonKind.NUMBER) {
            return otherwise;
        }
        boolean negative = buffer[valueFrom(i)] == '-';
        long value = 0;
        for (int at = valueFrom(i) + (negative ? 1 : 0); at < valueTo(i); at++) {
            int digit = buffer[at] - '0';
            // Gathered below zero, where there is room for one more.
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return otherwise;
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            return otherwise;
        }
        return negative ? value : -value;
    }

    /** The nearest double, infinite when it is too large; NaN when the value is no number. */
    public double doubleOrNaN(int i) {
        return kind(i) == JsonKind.NUMBER
                ? Double.parseDouble(
                        new String(buffer, valueFrom(i), valueTo(i) - valueFrom(i), StandardCharsets.ISO_8859_1))
                : Double.NaN;
    }

    private String text(int from, int to, boolean hasEscapes) {
        if (!hasEscapes) {
            return new String(buffer, from, to - from, StandardCharsets.UTF_8);
        }
        byte[] plain = new byte[to - from];
        int length = JsonText.unescape(buffer, from, to, plain, 0);
        return new String(plain, 0, length < 0 ? ~length : length, StandardCharsets.UTF_8);
    }

    private boolean named(int row, byte[] name) {
        int from = table[row + NAME_FROM];
        int to = table[row + NAME_TO];
        if ((table[row + TRAITS] & NAME_ESCAPED) == 0) {
            return Arrays.equals(buffer, from, to, name, 0, name.length);
        }
        int length = unescapeName(from, to);
        return Arrays.equals(scratch, 0, length, name, 0, name.length);
    }

    private int unescapeName(int from, int to) {
        if (scratch.length < to - from) {
            scratch = new byte[to - from];
        }
        int length = JsonText.unescape(buffer, from, to, scratch, 0);
        return length < 0 ? ~length : length;
    }

    // ---- The grammar. Each method takes the place where its piece begins and returns the place behind it, or -1.

    private int object(int from) {
        deepest = 1;
        int at = pastSpace(from + 1);
        if (at < limit && buffer[at] == '}') {
            return at + 1;
        }
        while (true) {
            int row = size * ROW;
            if (row == table.length) {
                table = Arrays.copyOf(table, table.length * 2);
            }
            at = memberName(at, row);
            if (at < 0) {
                return -1;
            }
            table[row + VALUE_FROM] = at;
            escaped = false;
            int behind = value(at);
            if (behind < 0) {
                return -1;
            }
            table[row + VALUE_TO] = behind;
            table[row + TRAITS] |= escaped ? VALUE_ESCAPED : 0;
            size++;
            at = pastSpace(behind);
            if (at < limit && buffer[at] == ',') {
                at = pastSpace(at + 1);
            } else if (at < limit && buffer[at] == '}') {
                return at + 1;
            } else {
                return fail(at, "expected ',' or '}'");
            }
        }
    }

    private int memberName(int from, int row) {
        if (from >= limit || buffer[from] != '"') {
            return fail(from, "expected a name in double quotes");
        }
        int at = from + 1;
        int hash = 0;
        while (at < limit && buffer[at] != '"' && buffer[at] != '\\' && (buffer[at] & 0xE0) != 0) {
            hash = 31 * hash + buffer[at++];
        }
        boolean plain = at < limit && buffer[at] == '"';
        int behind = plain ? at + 1 : quoted(from);
        if (behind < 0) {
            return -1;
        }
        if (!plain) {
            hash = JsonName.hash(scratch, 0, unescapeName(from + 1, behind - 1));
        }
        table[row + NAME_FROM] = from + 1;
        table[row + NAME_TO] = behind - 1;
        table[row + NAME_HASH] = hash;
        table[row + TRAITS] = plain ? 0 : NAME_ESCAPED;
        nameBits |= JsonName.bit(hash);
        return pastColon(behind);
    }

    private int pastColon(int from) {
        int at = pastSpace(from);
        return at < limit && buffer[at] == ':' ? pastSpace(at + 1) : fail(at, "expected ':'");
    }

    private int value(int from) {
        if (from >= limit) {
            return fail(from, "expected a value");
        }
        byte first = buffer[from];
        return first == '{' || first == '[' ? container(from) : scalar(from);
    }

    private int scalar(int from) {
        if (from >= limit) {
            return fail(from, "expected a value");
        }
        return switch (buffer[from]) {
            case '"' -> quoted(from);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(from);
            case 't' -> word(from, "true");
            case 'f' -> word(from, "false");
            case 'n' -> word(from, "null");
            default -> fail(from, "expected a value");
        };
    }

    /** A container and all that is in it, without recursion: hostile nesting must not cost stack. */
    private int container(int from) {
        int outside = deepest == 0 ? 0 : 1;
        int open = 0;
        int at = from;
        while (true) {
            // A value begins here.
            byte first = at < limit ? buffer[at] : 0;
            if (first == '{' || first == '[') {
                boolean object = first == '{';
                push(open++, object);
                deepest = Math.max(deepest, open + outside);
                at = pastSpace(at + 1);
                if (at >= limit || buffer[at] != (object ? '}' : ']')) {
                    at = object ? innerName(at) : at;
                    if (at < 0) {
                        return -1;
                    }
                    continue;
                }
                at++;
                open--;
            } else {
                at = scalar(at);
                if (at < 0) {
                    return -1;
                }
            }
            // A value has ended: close what ends with it, and go on to the next one.
            boolean next = false;
            while (!next) {
                if (open == 0) {
                    return at;
                }
                boolean object = isObject(open - 1);
                at = pastSpace(at);
                byte c = at < limit ? buffer[at] : 0;
                if (c == ',') {
                    next = true;
                    at = pastSpace(at + 1);
                    at = object ? innerName(at) : at;
                    if (at < 0) {
                        return -1;
                    }
                } else if (c == (object ? '}' : ']')) {
                    at++;
                    open--;
                } else {
                    return fail(at, object ? "expected ',' or '}'" : "expected ',' or ']'");
                }
            }
        }
    }

    private int innerName(int from) {
        if (from >= limit || buffer[from] != '"') {
            return fail(from, "expected a name in double quotes");
        }
        int behind = quoted(from);
        return behind < 0 ? -1 : pastColon(behind);
    }

    private void push(int depth, boolean object) {
        int word = depth >> 6;
        if (word == objects.length) {
            objects = Arrays.copyOf(objects, objects.length * 2);
        }
        long bit = 1L << depth;
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    }

    private boolean isObject(int depth) {
        return (objects[depth >> 6] & (1L << depth)) != 0;
    }

    private int quoted(int from) {
        int at = from + 1;
        while (true) {
            at = plainRun(at);
            if (at >= limit) {
                return fail(at, "the string does not end");
            }
            byte c = buffer[at];
            if (c == '"') {
                return at + 1;
            }
            if (c != '\\') {
                return fail(at, "a control character in a string must be escaped");
            }
            escaped = true;
            at = escape(at);
            if (at < 0) {
                return -1;
            }
        }
    }

    /** The first byte from here that is a quote, a backslash or a control character; eight bytes at a time. */
    private int plainRun(int from) {
        int at = from;
        while (at + 8 <= limit) {
            long word = (long) EIGHT_BYTES.get(buffer, at);
            long quote = word ^ ONES * '"';
            long backslash = word ^ ONES * '\\';
            // The classic zero-byte test. Only its lowest hit is to be trusted, and only that is used.
            long stops =
                    (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * 0x20) & ~word))
                            & HIGHS;
            if (stops != 0) {
                return at + (Long.numberOfTrailingZeros(stops) >> 3);
            }
            at += 8;
        }
        while (at < limit && buffer[at] != '"' && buffer[at] != '\\' && (buffer[at] & 0xE0) != 0) {
            at++;
        }
        return at;
    }

    private int escape(int from) {
        if (from + 1 >= limit) {
            return fail(limit, "the string does not end");
        }
        switch (buffer[from + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return from + 2;
            }
            case 'u' -> {
                for (int at = from + 2; at < from + 6; at++) {
                    // Bytes, not characters: Character.digit would take digits of other scripts.
                    if (at >= limit || buffer[at] < 0 || Character.digit(buffer[at], 16) < 0) {
                        return fail(Math.min(at, limit), "expected four hexadecimal digits after \\u");
                    }
                }
                return from + 6;
            }
            default -> {
                return fail(from + 1, "unknown escape");
            }
        }
    }

    private int number(int from) {
        int at = buffer[from] == '-' ? from + 1 : from;
        if (at < limit && buffer[at] == '0') {
            at++;
            if (isDigit(at)) {
                return fail(at, "a number must not begin with 0");
            }
        } else {
            at = digits(at);
        }
        if (at > 0 && at < limit && buffer[at] == '.') {
            at = digits(at + 1);
        }
        if (at > 0 && at < limit && (buffer[at] | 0x20) == 'e') {
            at++;
            if (at < limit && (buffer[at] == '+' || buffer[at] == '-')) {
                at++;
            }
            at = digits(at);
        }
        return at;
    }

    private int digits(int from) {
        int at = from;
        while (isDigit(at)) {
            at++;
        }
        return at > from ? at : fail(at, "expected a digit");
    }

    private boolean isDigit(int at) {
        return at < limit && buffer[at] >= '0' && buffer[at] <= '9';
    }

    private int word(int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (from + i >= limit || buffer[from + i] != word.charAt(i)) {
                return fail(from, "expected a value");
            }
        }
        return from + word.length();
    }

    private int pastSpace(int from) {
        int at = from;
        while (at < limit && (buffer[at] == ' ' || buffer[at] == '\n' || buffer[at] == '\r' || buffer[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static JsonKind kindOf(byte first) {
        return switch (first) {
            case '{' -> JsonKind.OBJECT;
            case '[' -> JsonKind.ARRAY;
            case '"' -> JsonKind.STRING;
            case 't' -> JsonKind.TRUE;
            case 'f' -> JsonKind.FALSE;
            case 'n' -> JsonKind.NULL;
            default -> JsonKind.NUMBER;
        };
    }

    private int fail(int at, String reason) {
        errorAt = at;
        errorReason = at >= limit ? reason + ", but here the bytes end" : reason;
        return -1;
    }
}
