package io.spoor.query.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a trace's lines.
 *
 * @param next where the next page begins, or null at the end
 */
record LinePage(List<TraceLine> lines, @Nullable Cursor next) {

    /** The order in which lines are asked for. */
    enum Order {
        ASC,
        DESC
    }

    static LinePage of(List<TraceLine> inTime, LineFilter filter, Order order, @Nullable Cursor after, int limit) {
        List<TraceLine> page = new ArrayList<>();
        for (int i = 0; i < inTime.size(); i++) {
            TraceLine line = inTime.get(order == Order.ASC ? i : inTime.size() - 1 - i);
            if ((after == null || isAfter(line, after, order)) && filter.test(line)) {
                if (page.size() == limit) {
                    return new LinePage(page, Cursor.after(page.get(page.size() - 1)));
                }
                page.add(line);
            }
        }
        return new LinePage(page, null);
    }

    private static boolean isAfter(TraceLine line, Cursor cursor, Order order) {
        Comparator<Cursor> byTime = Comparator.comparingLong(Cursor::atMillis).thenComparing(Cursor::id);
        int compared = byTime.compare(Cursor.after(line), cursor);
        return order == Order.ASC ? compared > 0 : compared < 0;
    }
}
