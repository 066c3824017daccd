package io.spoor.enrich;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.spoor.runtime.Readiness;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.kafka.InstanceId;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.meter.Meters;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the enrich topology in this process. */
public final class Enrich implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Enrich.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private volatile @Nullable String failure;

    private Enrich(KafkaStreams streams, Meters meters) {
        this.streams = streams;
        this.metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(meters.registry());
    }

    /** The consumer group of enrich, by which others see how far it has come. */
    public static String group(KafkaSettings kafka) {
        return kafka.topics().prefix() + "-enrich";
    }

    /** Starts to process; returns at once. */
    public static Enrich start(EnrichSettings settings, KafkaSettings kafka, Meters meters) {
        KafkaStreams streams = new KafkaStreams(
                EnrichTopology.of(settings, kafka.topics(), meters.registry()), properties(settings, kafka));
        Enrich enrich = new Enrich(streams, meters);
        streams.setUncaughtExceptionHandler(enrich::stopped);
        streams.start();
        return enrich;
    }

    private static Properties properties(EnrichSettings settings, KafkaSettings kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka.clientProperties(group(kafka)));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group(kafka));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                InstanceId.in(settings.stateDir()));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 9 << 20);
        return properties;
    }

    private StreamThreadExceptionResponse stopped(Throwable cause) {
        LOG.atError().setCause(cause).log("Enrich has stopped; restart this process");
        failure = "stopped: " + cause.getMessage();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Ready as long as all tasks run. */
    public ReadinessCheck readiness() {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return "enrich";
            }

            @Override
            public Readiness check() {
                String why = failure;
                if (why != null) {
                    return Readiness.notReady(why);
                }
                return streams.state() == KafkaStreams.State.RUNNING
                        ? Readiness.ready("running")
                        : Readiness.notReady(
                                streams.state() == KafkaStreams.State.REBALANCING ? "starting" : "stopped");
            }
        };
    }

    @Override
    public void close() {
        metrics.close();
        streams.close(CLOSE_WITHIN);
    }
}
