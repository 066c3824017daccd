package io.spoor.aggregate.trail;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** Builds trail stores and finds them in a running topology. */
public final class TrailStores {
    /** A chunk has a time, not a span of time. */
    private static final Duration INSTANT = Duration.ofMillis(1);

    private TrailStores() {}

    /**
     * A persistent, changelogged trail store.
     *
     * @param retention how long a line is kept at the least, counted from its own time; it is dropped with its segment, at
     *     the latest after half as long again
     * @param maxRecordBytes how large a record of the changelog may be
     */
    public static StoreBuilder<TrailStore> persistent(String name, Duration retention, int maxRecordBytes) {
        StoreBuilder<WindowStore<Bytes, byte[]>> chunks = Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, retention, INSTANT, false), Serdes.Bytes(), Serdes.ByteArray());
        Duration logged = retention.plus(retention.dividedBy(2));
        chunks.withLoggingEnabled(Map.of(
                // Chunks are never rewritten, so there is nothing to compact: the changelog ends as its segments do.
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(logged.toMillis()),
                // Kept from when it was written: Streams would stamp a chunk with the time of whatever line came last.
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(maxRecordBytes)));
        return new TrailStoreBuilder(chunks);
    }

    /** For {@link org.apache.kafka.streams.StoreQueryParameters}: the trail store of one partition. */
    public static QueryableStoreType<TrailReader> queryable() {
        return new QueryableStoreType<>() {
            @Override
            public boolean accepts(StateStore store) {
                return store instanceof TrailStore;
            }

            @Override
            public TrailReader create(StateStoreProvider provider, String storeName) {
                return provider.stores(storeName, this).get(0);
            }
        };
    }

    private record TrailStoreBuilder(StoreBuilder<WindowStore<Bytes, byte[]>> chunks)
            implements StoreBuilder<TrailStore> {

        @Override
        public StoreBuilder<TrailStore> withCachingEnabled() {
            throw new IllegalStateException("A trail store gathers lines by itself");
        }

        @Override
        public StoreBuilder<TrailStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<TrailStore> withLoggingEnabled(Map<String, String> config) {
            chunks.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<TrailStore> withLoggingDisabled() {
            chunks.withLoggingDisabled();
            return this;
        }

        @Override
        public TrailStore build() {
            return new ChunkedTrailStore(chunks.build());
        }

        @Override
        public Map<String, String> logConfig() {
            return chunks.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return chunks.loggingEnabled();
        }

        @Override
        public String name() {
            return chunks.name();
        }
    }
}
