package io.spoor.enrich.unwrap;

import org.jspecify.annotations.Nullable;

/**
 * What a wrapper tells of a line beyond labels and time, to be kept beside the line.
 *
 * @param level in the wrapper's own word
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId 16 of them
 * @param attributes a JSON object as UTF-8: structured metadata, attributes and the labels that are no {@link
 *     ShipperLabels}
 * @param madeMembers whether a line that is text is made an object that has them as members
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Extras(
        @Nullable String level,
        @Nullable String traceId,
        @Nullable String spanId,
        byte @Nullable [] attributes,
        boolean madeMembers) {
    public static final Extras NONE = new Extras(null, null, null, null, false);

    /** Metadata and no more. */
    static Extras of(byte[] attributes) {
        return new Extras(null, null, null, attributes, false);
    }
}
