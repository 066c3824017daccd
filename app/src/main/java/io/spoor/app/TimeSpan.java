package io.spoor.app;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as users write them for options: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}. */
public final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

    private TimeSpan() {}

    /**
     * Reads an option's value.
     *
     * @param option as the user writes it, such as {@code --for}
     * @throws Failure with {@link ExitCode#USAGE} when it is no length of time
     */
    public static Duration parse(String option, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new Failure(
                    ExitCode.USAGE, option + " is \"" + text + "\"; write a time such as 30s, 5m or 2h.", null);
        }
        long n = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            default -> Duration.ofHours(n);
        };
    }
}
