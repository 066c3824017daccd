package io.spoor.enrich;

import io.spoor.enrich.fact.Telling;
import io.spoor.enrich.unwrap.UnwrapSettings;
import io.spoor.model.IdKind;
import io.spoor.model.Level;
import io.spoor.runtime.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How lines are read.
 *
 * @param stateDir where Kafka Streams keeps its lock
 * @param threads how many tasks work at once
 * @param commitInterval how often progress is noted; a line is passed on at once
 * @param unwrap limits of records and lines
 * @param aheadAtMost a line's time this far after its arrival is not believed
 * @param behindAtMost a line's time this long before its arrival is not believed
 * @param ids the members that hold each kind of id
 * @param tiers service names to tiers
 * @param levels words to levels
 * @param milestones messages to milestones
 * @param facts messages to what they tell of a run
 */
public record EnrichSettings(
        Path stateDir,
        int threads,
        Duration commitInterval,
        UnwrapSettings unwrap,
        Duration aheadAtMost,
        Duration behindAtMost,
        Map<IdKind, List<String>> ids,
        Map<String, String> tiers,
        Map<String, Level> levels,
        Map<String, Reaching> milestones,
        Map<String, Telling> facts) {

    public EnrichSettings {
        ids = Map.copyOf(ids);
        tiers = Map.copyOf(tiers);
        levels = Map.copyOf(levels);
        milestones = Map.copyOf(milestones);
        facts = Map.copyOf(facts);
    }

    public static EnrichSettings from(SettingsReader reader) {
        Map<IdKind, List<String>> ids = new EnumMap<>(IdKind.class);
        for (IdKind kind : IdKind.values()) {
            ids.put(kind, reader.texts("spoor.enrich.ids." + kind.name().toLowerCase(Locale.ROOT)));
        }
        return new EnrichSettings(
                Path.of(reader.text("spoor.enrich.state-dir")),
                reader.integer("spoor.enrich.threads", 1, 256),
                reader.duration("spoor.enrich.commit-interval", Duration.ofMillis(10), Duration.ofMinutes(1)),
                new UnwrapSettings(
                        (int) reader.size("spoor.enrich.max-record", 1 << 10, 8 << 20),
                        (int) reader.size("spoor.enrich.max-line", 1 << 10, 2 << 20),
                        reader.integer("spoor.enrich.max-depth", 1, 1000)),
                reader.duration("spoor.enrich.time.ahead-at-most", Duration.ZERO, Duration.ofMinutes(55)),
                reader.duration("spoor.kafka.lines-retention", Duration.ofMinutes(1), Duration.ofDays(3650)),
                ids,
                reader.map("spoor.enrich.tiers"),
                table(reader, "spoor.enrich.levels", Level.values(), Level::text),
                table(reader, "spoor.enrich.milestones", Reaching.values(), Reaching::text),
                table(reader, "spoor.enrich.facts", Telling.values(), EnrichSettings::dashed));
    }

    private static String dashed(Telling telling) {
        return telling.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> Map<String, T> table(
            SettingsReader reader, String path, T[] meanings, Function<T, String> written) {
        return reader.table(path, Arrays.stream(meanings).collect(Collectors.toMap(written, Function.identity())));
    }
}
