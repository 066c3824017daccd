package io.spoor.enrich.unwrap;

import org.jspecify.annotations.Nullable;

/**
 * What a wrapper tells of a line beyond labels and time, to be kept beside the line.
 *
 * @param attributes a JSON object as UTF-8: structured metadata, attributes and the labels that are no {@link
 *     ShipperLabels}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Extras(byte @Nullable [] attributes) {
    public static final Extras NONE = new Extras(null);
}
