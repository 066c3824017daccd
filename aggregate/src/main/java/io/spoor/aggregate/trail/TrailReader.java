package io.spoor.aggregate.trail;

/** The reading side of a trail store. */
public interface TrailReader {

    /**
     * A trail's lines, up to the limits, roughly in the order in which they were appended; empty for a trail that nobody
     * wrote to.
     *
     * @throws CorruptChunk when what is stored is damaged: the answer would lack lines
     */
    Trail read(String trail, TrailLimits limits);
}
