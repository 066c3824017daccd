package io.spoor.enrich.tag;

import io.spoor.enrich.json.JsonKind;
import io.spoor.enrich.json.JsonPath;
import io.spoor.enrich.json.JsonScan;
import io.spoor.model.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line's level, whatever its logger calls it: words by table, numbers as pino and Bunyan write them. */
public final class LevelTable {
    private static final List<JsonPath> MEMBERS = List.of(
            JsonPath.of("level"),
            JsonPath.of("severity"),
            JsonPath.of("log", "level"),
            JsonPath.of("lvl"),
            JsonPath.of("severity_text"),
            JsonPath.of("detected_level"));

    private final Map<String, Level> words = new HashMap<>();

    public LevelTable(Map<String, Level> words) {
        words.forEach((word, level) -> this.words.put(word.toLowerCase(Locale.ROOT), level));
    }

    /**
     * The level of a line; {@code INFO} where nobody says one that is known.
     *
     * @param line its own members, which go first
     * @param word what its wrapper says
     * @param beside what else was said of it
     */
    public Level of(@Nullable JsonScan line, @Nullable String word, @Nullable JsonScan beside) {
        Level level = line == null ? null : of(line);
        if (level == null && word != null) {
            level = of(word);
        }
        if (level == null && beside != null) {
            level = of(beside);
        }
        return level == null ? Level.INFO : level;
    }

    private @Nullable Level of(JsonScan line) {
        for (JsonPath member : MEMBERS) {
            JsonScan holder = line.seek(member);
            if (holder != null) {
                Level level = level(holder, holder.found());
                if (level != null) {
                    return level;
                }
            }
        }
        return null;
    }

    private @Nullable Level level(JsonScan holder, int member) {
        if (holder.kind(member) == JsonKind.NUMBER) {
            long number = holder.longOr(member, -1);
            return number < 10
                    ? null
                    : number < 30 ? Level.DEBUG : number < 40 ? Level.INFO : number < 50 ? Level.WARN : Level.ERROR;
        }
        String word = holder.string(member);
        return word == null ? null : of(word);
    }

    private @Nullable Level of(String word) {
        return words.get(word.strip().toLowerCase(Locale.ROOT));
    }
}
