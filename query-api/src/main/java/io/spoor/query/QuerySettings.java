package io.spoor.query;

import io.spoor.query.trace.TraceLimits;
import io.spoor.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * How questions are answered.
 *
 * @param budget how long a request waits for stores that are starting or moving
 * @param limits how far a trace reaches
 * @param lostAfter a run without an end is lost after this long without a sign of life
 */
public record QuerySettings(Duration budget, TraceLimits limits, Duration lostAfter) {

    public static QuerySettings from(SettingsReader reader) {
        return new QuerySettings(
                reader.duration("spoor.query.budget", Duration.ZERO, Duration.ofMinutes(1)),
                new TraceLimits(
                        reader.integer("spoor.query.trace.max-trails", 1, 100_000),
                        reader.integer("spoor.query.trace.max-ids", 1, 1_000_000),
                        reader.integer("spoor.query.trace.max-lines", 1, 10_000_000)),
                reader.duration("spoor.query.lost-after", Duration.ofSeconds(1), Duration.ofDays(365)));
    }
}
