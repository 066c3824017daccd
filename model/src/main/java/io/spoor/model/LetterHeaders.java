package io.spoor.model;

/**
 * The headers of a dead letter, whoever writes it; values are UTF-8 text. The letter's value is what was rejected, byte for
 * byte, and the headers of the record that held it may stand beside these.
 */
public final class LetterHeaders {
    /** Why, as a stable word: {@code line_too_large}. */
    public static final String REASON = "spoor.reason";

    /** Why, as a sentence for people. */
    public static final String DETAIL = "spoor.detail";

    /** From where: {@code <topic>/<partition>/<offset>}, or {@code door/<name>} for what never came into a topic. */
    public static final String ORIGIN = "spoor.origin";

    /** When it came, epoch milliseconds. */
    public static final String ARRIVED = "spoor.arrived";

    /** How often it was tried, from 1. */
    public static final String ATTEMPTS = "spoor.attempts";

    /** How many bytes it had, where the letter keeps only the first of them. */
    public static final String CUT_FROM = "spoor.cut-from";

    private LetterHeaders() {}
}
