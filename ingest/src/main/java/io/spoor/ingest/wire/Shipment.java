package io.spoor.ingest.wire;

import java.util.List;

/**
 * What one request brings.
 *
 * @param lines to be taken, in their order
 * @param refused kept as dead letters
 * @param blank how many blank lines were left out
 */
public record Shipment(List<Line> lines, List<RefusedLine> refused, int blank) {
    public Shipment {
        lines = List.copyOf(lines);
        refused = List.copyOf(refused);
    }

    /** Bytes of all lines to be taken. */
    public long bytes() {
        return lines.stream().mapToLong(Line::length).sum();
    }
}
