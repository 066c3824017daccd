package io.spoor.aggregate;

import io.spoor.aggregate.lag.PipelineLag;
import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.link.LinkStore;
import io.spoor.aggregate.rocks.RocksMemory;
import io.spoor.aggregate.trail.CorruptChunk;
import io.spoor.aggregate.trail.Trail;
import io.spoor.aggregate.trail.TrailReader;
import io.spoor.aggregate.trail.TrailStores;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.run.Run;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.kafka.RunningTopology;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;

/** Runs the aggregate topology in this process and answers what is known under one id. */
public final class Aggregate implements AutoCloseable {
    private static final String ROLE = "aggregate";

    /** An id that is linked with more ids than this is no request's any more; a trace follows the first so many. */
    private static final int MAX_LINKS = 10_000;

    private final AggregateSettings settings;
    private final RunningTopology topology;
    private final RocksMemory memory;
    private final PipelineLag lag;

    private Aggregate(AggregateSettings settings, RunningTopology topology, RocksMemory memory, PipelineLag lag) {
        this.settings = settings;
        this.topology = topology;
        this.memory = memory;
        this.lag = lag;
    }

    /**
     * Starts to restore and to process; returns at once.
     *
     * @param self where this instance answers, by which others know it
     * @param enrichRole the role whose progress is the first half of the way
     */
    public static Aggregate start(
            AggregateSettings settings,
            KafkaSettings kafka,
            Address self,
            String enrichRole,
            Meters meters,
            InstantSource clock) {
        Progress progress = new Progress();
        RocksMemory memory = new RocksMemory(settings.storeMemory());
        Map<String, Object> others = new HashMap<>();
        others.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.toString());
        // The three inputs of a task need no order among each other, so none waits for another.
        others.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        others.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none"); // chunks are already
        others.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                AggregateTopology.MAX_CHANGE_BYTES);
        memory.addTo(others);
        RunningTopology topology = RunningTopology.start(
                ROLE,
                AggregateTopology.of(settings, kafka.topics(), progress),
                kafka,
                new RunningTopology.Running(settings.stateDir(), settings.threads(), settings.commitInterval(), others),
                meters);
        String group = RunningTopology.group(kafka, ROLE);
        PipelineLag lag = new PipelineLag(
                Admin.create(kafka.clientProperties(group + "-lag")),
                RunningTopology.group(kafka, enrichRole),
                group,
                kafka.topics(),
                progress,
                clock);
        lag.start();
        return new Aggregate(settings, topology, memory, lag);
    }

    /**
     * What is known under an id, in one read of one partition.
     *
     * @throws Unavailable while the stores are starting, restoring or moving: asking again soon helps
     * @throws CorruptChunk when a stored chunk of the trail is damaged: an answer would lack lines
     */
    public Known read(Id id) throws Unavailable {
        String key = id.key();
        try {
            KeyQueryMetadata owner =
                    topology.streams().queryMetadataForKey(AggregateTopology.TRAILS, key, new StringSerializer());
            if (owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                throw new Unavailable("The stores are moving between instances");
            }
            int partition = owner.partition();
            TrailReader trails = store(AggregateTopology.TRAILS, TrailStores.queryable(), partition);
            ReadOnlyWindowStore<Bytes, byte[]> links =
                    store(AggregateTopology.LINKS, QueryableStoreTypes.windowStore(), partition);
            Trail trail = trails.read(key, settings.trail());
            SortedSet<Id> linked = LinkStore.read(links, id, MAX_LINKS);
            return new Known(
                    trail.lines(),
                    trail.truncated() || linked.size() == MAX_LINKS,
                    linked,
                    id.kind() == IdKind.RUN ? run(key, partition) : null);
        } catch (InvalidStateStoreException e) {
            throw new Unavailable("The stores are being restored", e);
        }
    }

    private @Nullable Run run(String key, int partition) {
        ReadOnlyKeyValueStore<String, Run> runs =
                store(AggregateTopology.RUNS, QueryableStoreTypes.keyValueStore(), partition);
        return runs.get(key);
    }

    private <T> T store(String name, QueryableStoreType<T> type, int partition) {
        return topology.streams()
                .store(StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
    }

    /** How far behind Kafka an answer may be, in milliseconds. */
    public long lagMillis() {
        return lag.millis();
    }

    /** Whether what was in Kafka at the start has been processed; before that, not found does not mean unknown. */
    public boolean caughtUp() {
        return lag.caughtUp();
    }

    /** Ready once the stores are restored and as long as all tasks run. */
    public ReadinessCheck readiness() {
        return topology.readiness();
    }

    @Override
    public void close() {
        lag.close();
        if (topology.closeOrGiveUp()) {
            memory.close(); // else a store may still be in it
        }
    }
}
