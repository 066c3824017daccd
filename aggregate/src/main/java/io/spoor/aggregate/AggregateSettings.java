package io.spoor.aggregate;

import io.spoor.aggregate.trail.TrailLimits;
import io.spoor.runtime.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How what is known is kept.
 *
 * @param stateDir where the stores lie on this machine; what is lost there is restored from Kafka
 * @param threads how many tasks work at once
 * @param retention how long trails and links are kept, counted from the lines' own times
 * @param commitInterval how often gathered lines are written; they can be read before
 * @param storeMemory native memory that all stores of this process share, in bytes
 * @param trail how much of one trail is read at the most
 */
public record AggregateSettings(
        Path stateDir, int threads, Duration retention, Duration commitInterval, long storeMemory, TrailLimits trail) {

    public static AggregateSettings from(SettingsReader reader) {
        return new AggregateSettings(
                Path.of(reader.text("spoor.aggregate.state-dir")),
                reader.integer("spoor.aggregate.threads", 1, 256),
                reader.duration("spoor.kafka.lines-retention", Duration.ofMinutes(1), Duration.ofDays(3650)),
                reader.duration("spoor.aggregate.commit-interval", Duration.ofMillis(10), Duration.ofMinutes(1)),
                reader.size("spoor.aggregate.rocksdb.memory", 16 << 20, 1L << 40),
                new TrailLimits(
                        reader.integer("spoor.aggregate.trail.max-lines", 1, 10_000_000),
                        reader.size("spoor.aggregate.trail.max-size", 1 << 10, 1L << 30)));
    }
}
