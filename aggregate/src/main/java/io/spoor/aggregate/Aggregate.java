package io.spoor.aggregate;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
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
import io.spoor.runtime.Readiness;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.kafka.InstanceId;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the aggregate topology in this process and answers what is known under one id. */
public final class Aggregate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Aggregate.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    /** An id that is linked with more ids than this is no request's any more; a trace follows the first so many. */
    private static final int MAX_LINKS = 10_000;

    private final AggregateSettings settings;
    private final KafkaStreams streams;
    private final RocksMemory memory;
    private final PipelineLag lag;
    private final KafkaStreamsMetrics metrics;
    private volatile @Nullable String failure;

    private Aggregate(
            AggregateSettings settings, KafkaStreams streams, RocksMemory memory, PipelineLag lag, Meters meters) {
        this.settings = settings;
        this.streams = streams;
        this.memory = memory;
        this.lag = lag;
        this.metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(meters.registry());
    }

    /**
     * Starts to restore and to process; returns at once.
     *
     * @param self where this instance answers, by which others know it
     * @param enrichGroup the consumer group of enrich, whose progress is the first half of the way
     */
    public static Aggregate start(
            AggregateSettings settings,
            KafkaSettings kafka,
            Address self,
            String enrichGroup,
            Meters meters,
            InstantSource clock) {
        String group = kafka.topics().prefix() + "-aggregate";
        Progress progress = new Progress();
        RocksMemory memory = new RocksMemory(settings.storeMemory());
        KafkaStreams streams = new KafkaStreams(
                AggregateTopology.of(settings, kafka.topics(), progress),
                properties(settings, kafka, self, group, memory));
        Admin admin = Admin.create(kafka.clientProperties(group + "-lag"));
        PipelineLag lag = new PipelineLag(admin, enrichGroup, group, kafka.topics(), progress, clock);
        Aggregate aggregate = new Aggregate(settings, streams, memory, lag, meters);
        streams.setUncaughtExceptionHandler(aggregate::stopped);
        streams.start();
        lag.start();
        return aggregate;
    }

    private static Properties properties(
            AggregateSettings settings, KafkaSettings kafka, Address self, String group, RocksMemory memory) {
        Properties properties = new Properties();
        properties.putAll(kafka.clientProperties(group));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.toString());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                InstanceId.in(settings.stateDir()));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replicationFactor());
        // The three inputs of a task need no order among each other, so none waits for another.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none"); // chunks are already
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                AggregateTopology.MAX_CHANGE_BYTES);
        memory.addTo(properties);
        return properties;
    }

    private StreamThreadExceptionResponse stopped(Throwable cause) {
        LOG.atError().setCause(cause).log("Aggregate has stopped; restart this process");
        failure = "stopped: " + cause.getMessage();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
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
            KeyQueryMetadata owner = streams.queryMetadataForKey(AggregateTopology.TRAILS, key, new StringSerializer());
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
        return streams.store(StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
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
        return new ReadinessCheck() {
            @Override
            public String name() {
                return "stores";
            }

            @Override
            public Readiness check() {
                String why = failure;
                if (why != null) {
                    return Readiness.notReady(why);
                }
                return streams.state() == KafkaStreams.State.RUNNING
                        ? Readiness.ready("restored")
                        : Readiness.notReady(restoring());
            }
        };
    }

    private String restoring() {
        long behind = streams.allLocalStorePartitionLags().values().stream()
                .map(Map::values)
                .flatMap(java.util.Collection::stream)
                .mapToLong(store -> store.offsetLag())
                .sum();
        return "restoring, " + behind + " changelog records to go";
    }

    @Override
    public void close() {
        lag.close();
        metrics.close();
        if (streams.close(CLOSE_WITHIN)) {
            memory.close(); // else a store may still be in it
        }
    }
}
