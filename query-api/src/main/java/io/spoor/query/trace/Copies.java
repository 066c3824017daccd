package io.spoor.query.trace;

import io.spoor.model.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Folds lines that came by several ways into one: those whose objects are equal, the order of members and what forwarding
 * adds set aside. A line without a time of its own is never folded: nothing tells its copies from its repetitions.
 *
 * <p>Whole objects are compared only among lines that agree in time and in all that {@link TraceLine#texts()} holds, which
 * is rare enough to make folding cost next to nothing.
 */
final class Copies {
    private static final Set<String> ADDED_BY_FORWARDING = Set.of("agentId", "logsSource");

    private Copies() {}

    /** Lines in time order, copies as one. */
    static List<TraceLine> folded(Collection<TraceLine> lines) {
        List<TraceLine> unique = new ArrayList<>(lines.size());
        List<TraceLine> timed = new ArrayList<>(lines.size());
        for (TraceLine line : lines) {
            (line.stamp().has(Stamp.Flag.UNTIMED) ? unique : timed).add(line);
        }
        for (List<TraceLine> alike : grouped(timed, Alike::of)) {
            if (alike.size() == 1) {
                unique.add(alike.get(0));
            } else {
                grouped(alike, Copies::essence).forEach(same -> unique.add(shown(same)));
            }
        }
        unique.sort(TraceLine.IN_TIME);
        return unique;
    }

    /** The one that its producer printed, and of two such the first to arrive. */
    private static TraceLine shown(List<TraceLine> same) {
        TraceLine shown = same.stream()
                .min(Comparator.comparing((TraceLine line) -> line.stamp().forwarded())
                        .thenComparing(Copies::marksOfForwarding)
                        .thenComparing(line -> line.stamp().id()))
                .orElseThrow();
        return same.size() == 1 ? shown : shown.withCopies(same.size());
    }

    private static long marksOfForwarding(TraceLine line) {
        return ADDED_BY_FORWARDING.stream()
                .filter(LineObject.members(line.original())::containsKey)
                .count();
    }

    private static Map<String, Object> essence(TraceLine line) {
        Map<String, Object> members = LineObject.members(line.original());
        members.keySet().removeAll(ADDED_BY_FORWARDING);
        return members;
    }

    private static <K> Collection<List<TraceLine>> grouped(List<TraceLine> lines, Function<TraceLine, K> key) {
        Map<K, List<TraceLine>> groups = new HashMap<>();
        for (TraceLine line : lines) {
            groups.computeIfAbsent(key.apply(line), any -> new ArrayList<>(2)).add(line);
        }
        return groups.values();
    }

    /** What copies agree in at first sight. A line with an absurd clock has the time of arrival, which differs by way. */
    private record Alike(long at, Map<String, String> texts) {
        static Alike of(TraceLine line) {
            return new Alike(
                    line.stamp().has(Stamp.Flag.SKEWED) ? 0 : line.stamp().at(), line.texts());
        }
    }
}
