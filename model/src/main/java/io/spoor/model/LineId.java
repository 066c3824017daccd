package io.spoor.model;

import java.util.Comparator;

/**
 * Where a line entered: {@code <partition>-<offset>} in its raw topic, and {@code -<index>} when one record held several
 * lines ({@code index} is {@link #ALONE} otherwise). It never changes, so whatever is written under it can be written
 * twice with the same result. Ordered by partition, offset, index: the order of arrival within a partition.
 */
public record LineId(int partition, long offset, int index) implements Comparable<LineId> {
    /** The index of a line that was its record's only one. */
    public static final int ALONE = -1;

    private static final Comparator<LineId> ORDER = Comparator.comparingInt(LineId::partition)
            .thenComparingLong(LineId::offset)
            .thenComparingInt(LineId::index);

    public LineId {
        if (partition < 0 || offset < 0 || index < ALONE) {
            throw new IllegalArgumentException("Not a line id: " + partition + '-' + offset + '-' + index);
        }
    }

    /** Reads what {@link #toString()} writes; throws {@link IllegalArgumentException} for anything else. */
    public static LineId parse(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("Not a line id: " + text);
        }
        int index = parts.length == 3 ? Integer.parseInt(parts[2]) : ALONE;
        return new LineId(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), index);
    }

    @Override
    public int compareTo(LineId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return index == ALONE ? partition + "-" + offset : partition + "-" + offset + "-" + index;
    }
}
