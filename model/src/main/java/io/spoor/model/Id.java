package io.spoor.model;

/**
 * An id that lines carry: a run's, a request's, a job's, an OTel trace's, a delivery's or an event's.
 *
 * <p>Its {@link #key()} is {@code <kind>:<value>}, such as {@code run:6f1c…}. The same text keys the topics
 * {@code spoor.lines}, {@code spoor.runs} and {@code spoor.links} and the stores behind them, so all that is known of
 * one id lies in one partition.
 */
public record Id(IdKind kind, String value) implements Comparable<Id> {
    /** KiCI's own bound on ids; longer values are text, not ids. */
    public static final int MAX_LENGTH = 128;

    public Id {
        if (!wellFormed(value)) {
            throw new IllegalArgumentException("Not an id: " + value.length() + " characters");
        }
    }

    /** A key as {@link #key()} writes it; throws {@link IllegalArgumentException} for anything else. */
    public static Id ofKey(String key) {
        int colon = key.indexOf(':');
        IdKind kind =
                colon < 0 ? null : IdKind.ofPrefix(key.substring(0, colon)).orElse(null);
        if (kind == null) {
            throw new IllegalArgumentException("Not a key of an id: " + key);
        }
        return new Id(kind, key.substring(colon + 1));
    }

    /**
     * Whether a text may be an id: 1 to {@value #MAX_LENGTH} characters, letters, digits and the marks that real ids use.
     * White space, control characters, quotes and brackets of markup are not among them, so an id can stand in a URL, a
     * header or a page without a second thought.
     */
    public static boolean wellFormed(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            if (!(Character.isLetterOrDigit(c) || "-_.:/@+=~#,()[]*&$".indexOf(c) >= 0)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    public String key() {
        return kind.prefix() + ':' + value;
    }

    @Override
    public int compareTo(Id other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return key();
    }
}
