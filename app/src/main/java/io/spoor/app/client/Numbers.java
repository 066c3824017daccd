package io.spoor.app.client;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Numbers() {}

    /** {@code 1 line}, {@code 1,234 lines}. */
    public static String count(long n, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
    }

    /** {@code 820 B}, {@code 175 KiB}, {@code 1.4 GiB}. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes / 1024.0;
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (value >= 1023.5 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** {@code 57 ms}, {@code 4.8 s}, {@code 2 m 03 s}, {@code 1 h 02 m}. */
    static String duration(long millis) {
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < MINUTE - 50) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long rounded = (millis + SECOND / 2) / SECOND * SECOND;
        return rounded < HOUR
                ? String.format(Locale.ROOT, "%d m %02d s", rounded / MINUTE, rounded % MINUTE / SECOND)
                : String.format(Locale.ROOT, "%d h %02d m", rounded / HOUR, rounded % HOUR / MINUTE);
    }

    /** {@code +0.012s}, {@code -0.300s}: a line's place in its trace. */
    static String offset(long millis) {
        return String.format(
                Locale.ROOT, "%s%d.%03ds", millis < 0 ? "-" : "+", Math.abs(millis) / 1000, Math.abs(millis) % 1000);
    }
}
