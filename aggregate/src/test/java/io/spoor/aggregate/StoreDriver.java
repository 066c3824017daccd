package io.spoor.aggregate;

import io.spoor.aggregate.rocks.RocksMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;

/** One store as a task has it: over real RocksDB, with its changelog, and nobody else who writes to it. */
public final class StoreDriver<S extends StateStore> implements AutoCloseable {
    private final RocksMemory memory = new RocksMemory(16 << 20);
    private final String name;
    private final TopologyTestDriver driver;

    public StoreDriver(StoreBuilder<S> store, Path stateDir, Properties more) {
        name = store.name();
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        memory.addTo(properties);
        properties.putAll(more);
        Topology topology = new Topology();
        topology.addSource("read", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("idle", Idle::new, "read")
                .addStateStore(store, "idle");
        driver = new TopologyTestDriver(topology, properties);
        // A store writes to its changelog with the time of the record at hand; so there must have been one.
        driver.createInputTopic("in", new StringSerializer(), new StringSerializer())
                .pipeInput("k", "v");
    }

    @SuppressWarnings("unchecked") // the only store there is
    public S store() {
        return (S) Objects.requireNonNull(driver.getAllStateStores().get(name));
    }

    /** What was written to the changelog since the last call; commits, as a task does now and then. */
    public List<TestRecord<byte[], byte[]>> changes() {
        driver.advanceWallClockTime(Duration.ofMillis(1));
        return driver.createOutputTopic(
                        "test-" + name + "-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
        memory.close();
    }

    private static final class Idle implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
