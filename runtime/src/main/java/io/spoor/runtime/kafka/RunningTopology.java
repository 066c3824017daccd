package io.spoor.runtime.kafka;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.spoor.runtime.Readiness;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.meter.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topology that runs in this process: measured, a static member of its group, and not ready for good once a task has
 * failed, since whatever made it fail would only make it fail again.
 */
public final class RunningTopology implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTopology.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final String name;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private volatile @Nullable String failure;

    private RunningTopology(String name, KafkaStreams streams, Meters meters) {
        this.name = name;
        this.streams = streams;
        this.metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(meters.registry());
    }

    /**
     * How a topology runs.
     *
     * @param stateDir where its stores and this instance's name lie
     * @param threads how many tasks work at once
     * @param commitInterval how often progress is noted
     * @param others Kafka Streams' own settings, over all that is set here
     */
    public record Running(Path stateDir, int threads, Duration commitInterval, Map<String, Object> others) {
        public Running {
            others = Map.copyOf(others);
        }
    }

    /** The consumer group of a role, and its application id. */
    public static String group(KafkaSettings kafka, String role) {
        return kafka.topics().prefix() + "-" + role;
    }

    /**
     * Starts to restore and to process; returns at once.
     *
     * @param role names the consumer group and the readiness check
     */
    public static RunningTopology start(
            String role, Topology topology, KafkaSettings kafka, Running how, Meters meters) {
        KafkaStreams streams = new KafkaStreams(topology, properties(group(kafka, role), kafka, how));
        RunningTopology running = new RunningTopology(role, streams, meters);
        streams.setUncaughtExceptionHandler(running::stopped);
        streams.start();
        return running;
    }

    private static Properties properties(String group, KafkaSettings kafka, Running how) {
        Properties properties = new Properties();
        properties.putAll(kafka.clientProperties(group));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, how.stateDir().toString());
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), InstanceId.in(how.stateDir()));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, how.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, how.commitInterval().toMillis());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replicationFactor());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        properties.putAll(how.others());
        return properties;
    }

    private StreamThreadExceptionResponse stopped(Throwable cause) {
        LOG.atError().addKeyValue("role", name).setCause(cause).log("A role has stopped; restart this process");
        failure = "stopped: " + cause.getMessage();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** For reading the stores. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Ready once the stores are restored and as long as all tasks run. */
    public ReadinessCheck readiness() {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Readiness check() {
                String why = failure;
                if (why != null) {
                    return Readiness.notReady(why);
                }
                return switch (streams.state()) {
                    case RUNNING -> Readiness.ready("running");
                    case CREATED, REBALANCING ->
                        Readiness.notReady("starting, " + behind() + " changelog records to go");
                    case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> Readiness.notReady("stopped");
                };
            }
        };
    }

    private long behind() {
        return streams.allLocalStorePartitionLags().values().stream()
                .flatMap(store -> store.values().stream())
                .mapToLong(lag -> lag.offsetLag())
                .sum();
    }

    /** Closes within a bound. */
    @Override
    public void close() {
        closeOrGiveUp();
    }

    /** Closes within a bound; returns whether all tasks have let go of their stores. */
    public boolean closeOrGiveUp() {
        metrics.close();
        return streams.close(CLOSE_WITHIN);
    }
}
