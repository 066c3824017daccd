package io.spoor.aggregate.trail;

/** How much of one trail is read at the most. */
public record TrailLimits(int lines, long bytes) {
    public TrailLimits {
        if (lines < 1 || bytes < 1) {
            throw new IllegalArgumentException("Limits must be positive: " + lines + " lines, " + bytes + " bytes");
        }
    }
}
