package io.spoor.app.client.ship;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rotation makes of a file's name: {@code app.log} becomes {@code app.log.1}, {@code app.log-20260312},
 * {@code app.log.2026-03-12_10}, with {@code .gz} once it is packed.
 */
final class RotatedName {

    private static final Pattern ROTATED =
            Pattern.compile("(.+?)(?:\\.\\d{1,4}|[.-]\\d{4}-?\\d{2}-?\\d{2}(?:[-_T.]?\\d+)*)?(?:\\.gz)?");

    private RotatedName() {}

    /** Whether the name says that nobody begins a new file by it. */
    static boolean is(Path file) {
        return !stem(file).equals(name(file));
    }

    /** Whether the two can hold the same text, before and after a rotation. */
    static boolean related(Path rotated, Path other) {
        Path directory = rotated.toAbsolutePath().normalize().getParent();
        return is(rotated)
                && stem(rotated).equals(stem(other))
                && String.valueOf(directory)
                        .equals(String.valueOf(
                                other.toAbsolutePath().normalize().getParent()));
    }

    private static String stem(Path file) {
        Matcher rotated = ROTATED.matcher(name(file));
        return rotated.matches() ? rotated.group(1) : name(file);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
