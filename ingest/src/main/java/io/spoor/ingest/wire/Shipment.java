package io.spoor.ingest.wire;

import java.util.List;

/**
 * What one request brings.
 *
 * @param lines to be taken, in their order
 * @param refused kept as dead letters
 * @param blank how many blank lines were left out
 * @param numbering what {@link Line#number()} counts
 */
public record Shipment(List<Line> lines, List<RefusedLine> refused, int blank, Numbering numbering) {
    /** What a line's number counts. */
    public enum Numbering {
        /** Physical lines of the body. */
        LINES,
        /** Elements of an array, entries of a push, log records of a request. */
        ELEMENTS
    }

    public Shipment {
        lines = List.copyOf(lines);
        refused = List.copyOf(refused);
    }

    /** How many lines are to be taken. */
    public int count() {
        return lines.stream().mapToInt(Line::holds).sum();
    }

    /** Bytes of all lines to be taken. */
    public long bytes() {
        return lines.stream().mapToLong(Line::length).sum();
    }
}
