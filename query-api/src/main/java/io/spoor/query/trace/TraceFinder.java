package io.spoor.query.trace;

import io.spoor.aggregate.Known;
import io.spoor.aggregate.Unavailable;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.LineId;
import io.spoor.model.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
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
            search.ask(new Id(kind, value));
        }
        search.follow();
        // Links alone, whose lines have expired or are still on their way, are nothing to tell.
        return search.lines.isEmpty() && search.runs.isEmpty() ? Optional.empty() : Optional.of(search.trace());
    }

    private final class Search {
        private final SortedSet<Id> found = new TreeSet<>();
        private final Set<Id> seen = new HashSet<>();
        private final PriorityQueue<Id> next = new PriorityQueue<>();
        private final Map<LineId, TraceLine> lines = new HashMap<>();
        private final List<Run> runs = new ArrayList<>();
        private int trails;
        private boolean truncated;

        void ask(Id id) {
            if (seen.add(id)) {
                next.add(id);
            }
        }

        void take(Id id, Known known) {
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
                if (seen.size() < limits.ids()) {
                    ask(linked);
                } else if (!seen.contains(linked)) {
                    truncated = true;
                    return;
                }
            }
        }

        void follow() throws Unavailable {
            while (!next.isEmpty()) {
                Id id = next.remove();
                Known known = source.read(id);
                if (isFull() && !known.lines().isEmpty()) {
                    truncated = true;
                    return;
                }
                if (!known.isEmpty()) {
                    take(id, known);
                }
            }
        }

        private boolean isFull() {
            return trails >= limits.trails() || lines.size() >= limits.lines();
        }

        Trace trace() {
            List<TraceLine> inTime = Copies.folded(lines.values());
            if (inTime.size() > limits.lines()) {
                inTime = inTime.subList(0, limits.lines());
                truncated = true;
            }
            return new Trace(found, inTime, runs, truncated);
        }
    }
}
