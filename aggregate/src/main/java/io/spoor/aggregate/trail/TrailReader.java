package io.spoor.aggregate.trail;

/** The reading side of a trail store. */
public interface TrailReader {

    /** A trail's lines, up to the limits; empty for a trail that nobody wrote to. */
    Trail read(String trail, TrailLimits limits);
}
