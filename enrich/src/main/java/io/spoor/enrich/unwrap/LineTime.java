package io.spoor.enrich.unwrap;

import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonScan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Times as lines and shippers write them, from bytes to epoch milliseconds; what is finer is cut off. */
final class LineTime {
    /** No time, or not to be understood. */
    static final long NONE = Long.MIN_VALUE;

    private static final JsonName[] OWN = names("timestamp", "time", "ts", "@timestamp", "timeUnixNano");
    private static final JsonName[] ENVELOPE = names("@timestamp", "date", "timestamp", "time", "__REALTIME_TIMESTAMP");

    /** No number of a time is longer; a longer one is not worth the arithmetic. */
    private static final int LONGEST_NUMBER = 40;

    private LineTime() {}

    /** What the line says of itself. */
    static long own(JsonScan line) {
        return first(line, OWN);
    }

    /** What a wrapper says of what is in it. */
    static long envelope(JsonScan envelope) {
        return first(envelope, ENVELOPE);
    }

    private static long first(JsonScan scan, JsonName[] names) {
        for (JsonName name : names) {
            int i = scan.find(name);
            long millis = i < 0 ? NONE : of(scan, i);
            if (millis != NONE) {
                return millis;
            }
        }
        return NONE;
    }

    /** A member's value: a number, or a string that holds RFC 3339 or a number. */
    static long of(JsonScan scan, int i) {
        return switch (scan.kind(i)) {
            case NUMBER -> number(scan.buffer(), scan.valueFrom(i), scan.valueTo(i));
            case STRING -> string(scan, i);
            default -> NONE;
        };
    }

    private static long string(JsonScan scan, int i) {
        if (!scan.escaped(i)) {
            return text(scan.buffer(), scan.valueFrom(i) + 1, scan.valueTo(i) - 1);
        }
        @Nullable String plain = scan.string(i);
        byte[] bytes = plain == null ? new byte[0] : plain.getBytes(StandardCharsets.UTF_8);
        return text(bytes, 0, bytes.length);
    }

    private static long text(byte[] buffer, int from, int to) {
        long millis = rfc3339(buffer, from, to);
        return millis != NONE ? millis : number(buffer, from, to);
    }

    /**
     * A decimal number since the epoch, its unit told by its size: below 10^11 seconds, below 10^14 milliseconds, below
     * 10^17 microseconds, else nanoseconds. Zero means that nobody set it.
     */
    static long number(byte[] buffer, int from, int to) {
        if (to - from > LONGEST_NUMBER) {
            return NONE;
        }
        long whole = 0;
        int at = from;
        while (at < to && isDigit(buffer[at])) {
            if (whole >= Long.MAX_VALUE / 10) {
                return NONE;
            }
            whole = whole * 10 + (buffer[at++] - '0');
        }
        if (at == from) {
            return NONE;
        }
        int fraction = 0;
        if (at + 1 < to && buffer[at] == '.' && isDigit(buffer[at + 1])) {
            at++;
            for (int scale = 100; at < to && isDigit(buffer[at]); scale /= 10) {
                fraction += (buffer[at++] - '0') * scale;
            }
        }
        if (at < to) {
            return (buffer[at] | 0x20) == 'e' && to - at <= 4 ? scientific(buffer, from, to) : NONE;
        }
        return whole == 0 && fraction == 0 ? NONE : millis(whole, fraction);
    }

    private static long millis(long whole, int thousandths) {
        if (whole < 100_000_000_000L) {
            return whole * 1000 + thousandths;
        }
        if (whole < 100_000_000_000_000L) {
            return whole;
        }
        return whole < 100_000_000_000_000_000L ? whole / 1000 : whole / 1_000_000;
    }

    /** With a short exponent, which some encoders of doubles write; rare, so by the library. */
    private static long scientific(byte[] buffer, int from, int to) {
        try {
            BigDecimal value = new BigDecimal(new String(buffer, from, to - from, StandardCharsets.ISO_8859_1));
            if (value.signum() <= 0 || value.precision() - value.scale() > 18) {
                return NONE;
            }
            BigDecimal thousands = value.setScale(3, RoundingMode.DOWN);
            long whole = thousands.longValue();
            return whole == 0
                    ? NONE
                    : millis(
                            whole,
                            thousands
                                    .remainder(BigDecimal.ONE)
                                    .movePointRight(3)
                                    .intValue());
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /**
     * RFC 3339: date, {@code T} or a blank, time with 0 to 9 digits of a second behind point or comma, and {@code Z}, an
     * offset ({@code +02:00}, {@code +0200}, {@code +02}) or nothing, which is UTC.
     */
    static long rfc3339(byte[] b, int from, int to) {
        if (to - from < 19
                || b[from + 4] != '-'
                || b[from + 7] != '-'
                || ((b[from + 10] | 0x20) != 't' && b[from + 10] != ' ')
                || b[from + 13] != ':'
                || b[from + 16] != ':') {
            return NONE;
        }
        int year = pair(b, from) * 100 + pair(b, from + 2);
        int month = pair(b, from + 5);
        int day = pair(b, from + 8);
        int hour = pair(b, from + 11);
        int minute = pair(b, from + 14);
        int second = pair(b, from + 17);
        if (pair(b, from) < 0
                || pair(b, from + 2) < 0
                || month < 1
                || month > 12
                || day < 1
                || day > daysIn(year, month)
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 60) {
            return NONE;
        }
        int at = from + 19;
        int millis = 0;
        if (at < to && (b[at] == '.' || b[at] == ',')) {
            int digits = ++at;
            for (int scale = 100; at < to && isDigit(b[at]); scale /= 10) {
                millis += (b[at++] - '0') * scale;
            }
            if (at - digits > 9) {
                return NONE;
            }
        }
        int offset = offsetMinutes(b, at, to);
        if (offset == Integer.MIN_VALUE) {
            return NONE;
        }
        long minutes = (epochDay(year, month, day) * 24 + hour) * 60 + minute - offset;
        return (minutes * 60 + second) * 1000 + millis;
    }

    private static int offsetMinutes(byte[] b, int from, int to) {
        int length = to - from;
        if (length == 0 || (length == 1 && (b[from] | 0x20) == 'z')) {
            return 0;
        }
        boolean colon = length == 6 && b[from + 3] == ':';
        if ((b[from] != '+' && b[from] != '-') || !(length == 3 || length == 5 || colon)) {
            return Integer.MIN_VALUE;
        }
        int hours = pair(b, from + 1);
        int minutes = length == 3 ? 0 : pair(b, to - 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int offset = hours * 60 + minutes;
        return b[from] == '-' ? -offset : offset;
    }

    /** Two digits, or a number below -100 so that no sum with it looks like a date. */
    private static int pair(byte[] b, int at) {
        return isDigit(b[at]) && isDigit(b[at + 1]) ? (b[at] - '0') * 10 + b[at + 1] - '0' : -20_000;
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> (year % 4 == 0) && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01, counted in years that begin in March, so that the leap day comes last. */
    private static long epochDay(int year, int month, int day) {
        int y = month > 2 ? year : year - 1;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 365L * y + Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400) + dayOfYear - 719_468;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static JsonName[] names(String... names) {
        JsonName[] all = new JsonName[names.length];
        for (int i = 0; i < names.length; i++) {
            all[i] = JsonName.of(names[i]);
        }
        return all;
    }
}
