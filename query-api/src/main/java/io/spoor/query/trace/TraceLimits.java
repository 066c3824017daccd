package io.spoor.query.trace;

/**
 * How far a trace reaches at the most; beyond it the answer says that it is truncated.
 *
 * @param trails trails that hold lines
 * @param ids ids that are asked for, most of which lead nowhere
 * @param lines lines in all
 */
public record TraceLimits(int trails, int ids, int lines) {
    public TraceLimits {
        if (trails < 1 || ids < 1 || lines < 1) {
            throw new IllegalArgumentException("Limits must be positive: " + trails + ", " + ids + ", " + lines);
        }
    }
}
