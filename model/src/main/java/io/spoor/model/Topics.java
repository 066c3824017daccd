package io.spoor.model;

import java.util.regex.Pattern;

/**
 * The names of Spoor's topics: {@code <prefix>.<plural>}, where untouched input ends in {@code .raw}.
 *
 * @param prefix what all names begin with; {@code spoor} unless set otherwise. Letters, digits, {@code . _ -}; at most
 *     200 characters, so that every name stays within Kafka's 249
 */
public record Topics(String prefix) {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}");

    public Topics {
        if (!LEGAL.matcher(prefix).matches()) {
            throw new IllegalArgumentException("not a topic prefix: " + prefix);
        }
    }

    /** Whether Kafka would take topics that begin with this. */
    public static boolean isLegalPrefix(String prefix) {
        return LEGAL.matcher(prefix).matches();
    }

    /** Log lines as shipped. */
    public String logsRaw() {
        return prefix + ".logs.raw";
    }

    /** Status messages as shipped. */
    public String eventsRaw() {
        return prefix + ".events.raw";
    }

    /** Metrics pushes and fleet reports as shipped. */
    public String metricsRaw() {
        return prefix + ".metrics.raw";
    }

    /** Enriched lines, by trail. */
    public String lines() {
        return prefix + ".lines";
    }

    /** Facts about runs, by run. */
    public String runs() {
        return prefix + ".runs";
    }

    /** Which ids belong together, by id. */
    public String links() {
        return prefix + ".links";
    }

    /** Metrics pushes and fleet reports, by reporting source. */
    public String fleet() {
        return prefix + ".fleet";
    }

    /** What could not be taken, by letter. */
    public String deadLetters() {
        return prefix + ".dead-letters";
    }
}
