package io.spoor.ingest.wire;

/**
 * A line that is not taken although the rest of its body is.
 *
 * @param reason a stable word, {@code line_too_large}
 * @param detail what exactly, {@code 1310720 bytes, limit 1048576}
 */
public record RefusedLine(Line line, String reason, String detail) {
    public static final String TOO_LARGE = "line_too_large";
}
