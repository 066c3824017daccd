package io.spoor.aggregate.run;

import io.spoor.model.run.Run;
import io.spoor.model.run.RunJson;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds run stores: run key to {@link Run}. */
public final class RunStores {
    private RunStores() {}

    /**
     * A persistent, changelogged run store; writes of one commit interval are gathered by the record cache.
     *
     * @param maxRecordBytes how large a record of the changelog may be
     */
    public static StoreBuilder<KeyValueStore<String, Run>> persistent(String name, int maxRecordBytes) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), runs())
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxRecordBytes)))
                .withCachingEnabled();
    }

    private static Serde<Run> runs() {
        return Serdes.serdeFrom(
                (topic, run) -> run == null ? null : RunJson.write(run),
                (topic, json) -> json == null ? null : RunJson.read(json));
    }
}
