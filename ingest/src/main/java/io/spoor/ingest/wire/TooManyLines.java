package io.spoor.ingest.wire;

/** A request has more lines than {@link LineLimits#maxLines()}. */
public final class TooManyLines extends Exception {
    private static final long serialVersionUID = 1L;
    private final int limit;

    TooManyLines(int limit) {
        super("more than " + limit + " lines", null, false, false);
        this.limit = limit;
    }

    public int limit() {
        return limit;
    }
}
