package io.spoor.aggregate.run;

import io.spoor.model.run.Run;
import io.spoor.model.run.RunJson;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds run stores: run key to {@link Run}. */
public final class RunStores {
    private RunStores() {}

    /** A persistent, changelogged run store; writes of one commit interval are gathered by the record cache. */
    public static StoreBuilder<KeyValueStore<String, Run>> persistent(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), runs())
                .withCachingEnabled();
    }

    private static Serde<Run> runs() {
        return Serdes.serdeFrom(
                (topic, run) -> run == null ? null : RunJson.write(run),
                (topic, json) -> json == null ? null : RunJson.read(json));
    }
}
