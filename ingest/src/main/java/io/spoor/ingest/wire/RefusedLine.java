package io.spoor.ingest.wire;

import java.util.List;

/**
 * A line that is not taken although the rest of its body is.
 *
 * @param reason a stable word, one of those below
 * @param detail what exactly, {@code 1310720 bytes, limit 1048576}
 */
public record RefusedLine(Line line, String reason, String detail) {
    public static final String TOO_LARGE = "line_too_large";
    public static final String INVALID_UTF8 = "invalid_utf8";
    public static final String TOO_DEEP = "too_deep";

    /** Where a message must be a JSON object, it is none. */
    public static final String NOT_AN_OBJECT = "not_an_object";

    /** A message that does not say its {@code type}. */
    public static final String NO_TYPE = "no_type";

    /** A metric that is not as metrics must be. */
    public static final String BAD_METRIC = "bad_metric";

    /** All of the above, for meters that begin at 0. */
    public static final List<String> REASONS =
            List.of(TOO_LARGE, INVALID_UTF8, TOO_DEEP, NOT_AN_OBJECT, NO_TYPE, BAD_METRIC);
}
