package io.spoor.query.trace;

import io.spoor.aggregate.Known;
import io.spoor.aggregate.Unavailable;
import io.spoor.model.EnrichedLine;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.Level;
import io.spoor.model.LineId;
import io.spoor.model.Milestone;
import io.spoor.model.Stamp;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Fact;
import io.spoor.model.run.Run;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that was ever logged, kept by id as the stores keep it: each line in its strongest id's trail, links both ways. */
final class World implements KnownSource {
    private static final Map<IdKind, String> ID_MEMBERS = new EnumMap<>(Map.of(
            IdKind.RUN, "runId",
            IdKind.REQUEST, "requestId",
            IdKind.JOB, "jobId",
            IdKind.OTEL, "traceId",
            IdKind.DELIVERY, "deliveryId",
            IdKind.EVENT, "eventId"));

    private final Map<Id, List<byte[]>> trails = new HashMap<>();
    private final Map<Id, SortedSet<Id>> links = new HashMap<>();
    private final Map<String, Run> runs = new HashMap<>();
    private final Set<Id> away = new HashSet<>();
    private long offset;
    private int reads;

    /** A line as it was printed; what enrich would find out about it is told by the methods of {@link Printed}. */
    Printed line(String object) {
        return new Printed(object.replace('\'', '"'));
    }

    /** Prints a line of one tier at a millisecond of the world's first minutes. */
    World says(String tier, long at, String message, String... ids) {
        StringBuilder object = new StringBuilder("{'message':'" + message + "','timestamp':'" + time(at) + "'");
        for (int i = 0; i < ids.length; i += 2) {
            object.append(",'").append(ids[i]).append("':'").append(ids[i + 1]).append('\'');
        }
        return line(object.append('}').toString()).tier(tier).at(at).arrives();
    }

    World learns(String runId, long at, Change change) {
        return learns(new Fact(at, runId, Fact.Source.LINE, null, null, null, change));
    }

    World learns(Fact fact) {
        runs.put(
                fact.runId(),
                runs.getOrDefault(fact.runId(), Run.unseen(fact.runId())).with(fact));
        return this;
    }

    World link(Id a, Id b) {
        links.computeIfAbsent(a, any -> new TreeSet<>()).add(b);
        links.computeIfAbsent(b, any -> new TreeSet<>()).add(a);
        return this;
    }

    /** From now on this id cannot be read. */
    World isAway(Id id) {
        away.add(id);
        return this;
    }

    World isBack() {
        away.clear();
        return this;
    }

    int reads() {
        return reads;
    }

    @Override
    public Known read(Id id) throws Unavailable {
        reads++;
        if (away.contains(id)) {
            throw new Unavailable("The stores are being restored");
        }
        return new Known(
                trails.getOrDefault(id, List.of()),
                false,
                links.getOrDefault(id, new TreeSet<>()),
                id.kind() == IdKind.RUN ? runs.get(id.value()) : null);
    }

    static String time(long at) {
        return Instant.ofEpochMilli(at).toString();
    }

    /** A line on its way into the world. */
    final class Printed {
        private final String object;
        private final Set<Stamp.Flag> flags = EnumSet.noneOf(Stamp.Flag.class);
        private String tier = "orchestrator";
        private long at;
        private Level level = Level.INFO;
        private boolean forwarded;
        private @Nullable Milestone milestone;
        private @Nullable String label;

        private Printed(String object) {
            this.object = object;
        }

        Printed tier(String tier) {
            this.tier = tier;
            return this;
        }

        Printed at(long at) {
            this.at = at;
            return this;
        }

        Printed level(Level level) {
            this.level = level;
            return this;
        }

        Printed label(String service) {
            this.label = service;
            return this;
        }

        Printed forwarded() {
            forwarded = true;
            return this;
        }

        Printed reaches(Milestone milestone) {
            this.milestone = milestone;
            return this;
        }

        Printed with(Stamp.Flag flag) {
            flags.add(flag);
            return this;
        }

        /** Stores the line under its strongest id and links that with its other ids. */
        World arrives() {
            return arrives(new LineId((int) (offset % 3), offset++, LineId.ALONE));
        }

        World arrives(LineId id) {
            Stamp stamp = new Stamp(
                    id,
                    at,
                    tier,
                    label,
                    label == null ? null : "host-1",
                    null,
                    null,
                    level,
                    forwarded,
                    milestone,
                    null,
                    flags);
            byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
            byte[] enriched = EnrichedLine.ofObject(bytes, 0, bytes.length, stamp);
            List<Id> ids = ids(LineObject.texts(bytes));
            if (!ids.isEmpty()) {
                trails.computeIfAbsent(ids.get(0), any -> new ArrayList<>()).add(enriched);
                ids.subList(1, ids.size()).forEach(other -> link(ids.get(0), other));
            }
            return World.this;
        }

        private List<Id> ids(Map<String, String> texts) {
            List<Id> ids = new ArrayList<>();
            for (Map.Entry<IdKind, String> member : ID_MEMBERS.entrySet()) {
                String value = texts.get(member.getValue());
                if (value != null) {
                    ids.add(new Id(member.getKey(), value));
                }
            }
            // Only what can have a trail is linked with others.
            return ids.isEmpty() || ids.get(0).kind().compareTo(IdKind.JOB) > 0 ? List.of() : ids;
        }
    }
}
