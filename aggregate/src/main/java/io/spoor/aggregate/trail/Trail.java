package io.spoor.aggregate.trail;

import java.util.List;

/**
 * The lines of one trail, in no particular order.
 *
 * @param lines enriched lines; one that was delivered twice may be there twice, under the same id
 * @param truncated whether the trail has more lines than the limits allow
 */
public record Trail(List<byte[]> lines, boolean truncated) {
    public Trail {
        lines = List.copyOf(lines);
    }
}
