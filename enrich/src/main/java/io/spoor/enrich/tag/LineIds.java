package io.spoor.enrich.tag;

import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonPath;
import io.spoor.enrich.json.JsonScan;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ids that a line carries. Which members hold which kind of id is a setting; the first that holds one counts. All
 * names but the first are believed only on a line that says something, with a message or a level: a row of some table that
 * has a {@code run_id} is no part of the run's story.
 */
public final class LineIds {
    private static final JsonName MESSAGE = JsonName.of("message");
    private static final JsonName MSG = JsonName.of("msg");
    private static final JsonName LEVEL = JsonName.of("level");

    private final Map<IdKind, List<JsonPath>> members = new EnumMap<>(IdKind.class);

    public LineIds(Map<IdKind, List<String>> members) {
        members.forEach((kind, paths) -> {
            if (!paths.isEmpty()) {
                this.members.put(
                        kind,
                        paths.stream()
                                .map(path -> JsonPath.of(path.split("\\.")))
                                .toList());
            }
        });
    }

    /**
     * The ids of a line, the strongest first: its trail is that of the first, if that is a run's, request's or job's.
     *
     * @param line its own members
     * @param beside what was said of it, where it lacks an id itself
     */
    public List<Id> of(@Nullable JsonScan line, @Nullable JsonScan beside) {
        if (line == null && beside == null) {
            return List.of();
        }
        List<Id> ids = new ArrayList<>(members.size());
        members.forEach((kind, paths) -> {
            String value = line == null ? null : first(line, saysSomething(line) ? paths : paths.subList(0, 1));
            if (value == null && beside != null) {
                value = first(beside, paths);
            }
            if (value != null) {
                ids.add(new Id(kind, value));
            }
        });
        return ids;
    }

    private static @Nullable String first(JsonScan scan, List<JsonPath> paths) {
        for (JsonPath path : paths) {
            String value = valueAt(scan, path);
            if (value != null && Id.wellFormed(value)) {
                return value;
            }
        }
        return null;
    }

    private static boolean saysSomething(JsonScan line) {
        return line.has(MESSAGE) || line.has(MSG) || line.has(LEVEL);
    }

    private static @Nullable String valueAt(JsonScan line, JsonPath path) {
        JsonScan holder = line.seek(path);
        if (holder == null) {
            return null;
        }
        int member = holder.found();
        return switch (holder.kind(member)) {
            case STRING -> holder.string(member);
            case NUMBER -> {
                long number = holder.longOr(member, Long.MIN_VALUE);
                yield number == Long.MIN_VALUE ? null : Long.toString(number);
            }
            case TRUE, FALSE, NULL, OBJECT, ARRAY -> null;
        };
    }
}
