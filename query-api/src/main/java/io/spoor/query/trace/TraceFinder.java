package io.spoor.query.trace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spoor.aggregate.Known;
import io.spoor.aggregate.Unavailable;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.LineId;
import io.spoor.model.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the trace of an id: the closure over links, breadth by strength, so that runs come before the many ids that lead
 * nowhere.
 */
final class TraceFinder {
    private final KnownSource source;
    private final TraceLimits limits;

    TraceFinder(KnownSource source, TraceLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /**
     * The trace of an id of whatever kind, or nothing where nobody has seen it.
     *
     * @throws Unavailable when any part of the answer cannot be had now; half a trace is never answered as whole
     */
    Optional<Trace> find(String value) throws Unavailable {
        Search search = new Search();
        for (IdKind kind : IdKind.values()) {
            Id id = new Id(kind, value);
            Known known = source.read(id);
            if (!known.isEmpty()) {
                search.take(id, known);
            }
        }
        if (search.found.isEmpty()) {
            return Optional.empty();
        }
        search.follow();
        return Optional.of(search.trace());
    }

    private final class Search {
        private final SortedSet<Id> found = new TreeSet<>();
        private final SortedSet<Id> seen = new TreeSet<>();
        private final PriorityQueue<Id> next = new PriorityQueue<>();
        private final Map<LineId, TraceLine> lines = new HashMap<>();
        private final List<Run> runs = new ArrayList<>();
        private int trails;
        private boolean truncated;

        void take(Id id, Known known) {
            seen.add(id);
            found.add(id);
            truncated |= known.truncated();
            trails += known.lines().isEmpty() ? 0 : 1;
            for (byte[] bytes : known.lines()) {
                TraceLine line = TraceLine.of(bytes);
                lines.putIfAbsent(line.stamp().id(), line);
            }
            if (known.run() != null) {
                runs.add(known.run());
            }
            for (Id linked : known.links()) {
                if (seen.add(linked)) {
                    next.add(linked);
                }
            }
        }

        void follow() throws Unavailable {
            int asked = 0;
            while (!next.isEmpty()) {
                if (trails >= limits.trails() || ++asked > limits.ids() || lines.size() >= limits.lines()) {
                    truncated = true;
                    return;
                }
                Id id = next.remove();
                take(id, source.read(id));
            }
        }

        Trace trace() {
            List<TraceLine> inTime = folded(lines.values());
            if (inTime.size() > limits.lines()) {
                inTime = inTime.subList(0, limits.lines());
                truncated = true;
            }
            return new Trace(found, inTime, runs, truncated);
        }
    }

    /** Lines in time order, those that are copies of one line as one. */
    private static List<TraceLine> folded(Iterable<TraceLine> lines) {
        List<TraceLine> unique = new ArrayList<>();
        Map<ObjectNode, List<TraceLine>> copies = new HashMap<>();
        for (TraceLine line : lines) {
            ObjectNode essence = line.essence();
            if (essence == null) {
                unique.add(line);
            } else {
                copies.computeIfAbsent(essence, any -> new ArrayList<>(1)).add(line);
            }
        }
        for (List<TraceLine> same : copies.values()) {
            same.sort(TraceLine.ORIGINAL_FIRST);
            unique.add(same.get(0).withCopies(same.size()));
        }
        unique.sort(TraceLine.IN_TIME);
        return unique;
    }
}
