package io.spoor.enrich.unwrap;

/** Limits in bytes and in levels of nesting; what is beyond them is rejected, never cut. */
public record UnwrapSettings(int maxRecordBytes, int maxLineBytes, int maxDepth) {
    public UnwrapSettings {
        if (maxRecordBytes < 1 || maxLineBytes < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("limits must be positive: record " + maxRecordBytes + " bytes, line "
                    + maxLineBytes + " bytes, depth " + maxDepth);
        }
    }

    /** Records up to 8 MiB, lines up to 1 MiB, 64 levels. */
    public static UnwrapSettings defaults() {
        return new UnwrapSettings(8 << 20, 1 << 20, 64);
    }
}
