package io.spoor.enrich.tag;

import io.spoor.enrich.json.JsonPath;
import io.spoor.enrich.json.JsonScan;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the ids that a line carries. Which members hold which kind of id is a setting; the first that holds one counts. */
public final class LineIds {
    private final Map<IdKind, List<JsonPath>> members = new EnumMap<>(IdKind.class);

    public LineIds(Map<IdKind, List<String>> members) {
        members.forEach((kind, paths) -> this.members.put(
                kind, paths.stream().map(path -> JsonPath.of(path.split("\\."))).toList()));
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
            String value = line == null ? null : first(line, paths);
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
