package io.spoor.enrich;

import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.kafka.RunningTopology;
import io.spoor.runtime.meter.Meters;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Runs the enrich topology in this process. */
public final class Enrich implements AutoCloseable {
    /** The role's name, and with the topic prefix that of its consumer group, by which others see how far it has come. */
    public static final String ROLE = "enrich";

    /** A raw record of 8 MiB, stamped, and its headers. */
    private static final int MAX_REQUEST_BYTES = 9 << 20;

    private final RunningTopology topology;

    private Enrich(RunningTopology topology) {
        this.topology = topology;
    }

    /** Starts to process; returns at once. */
    public static Enrich start(EnrichSettings settings, KafkaSettings kafka, Meters meters) {
        Map<String, Object> writing = Map.of(
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
                "lz4",
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                20,
                StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
                128 << 10,
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                MAX_REQUEST_BYTES);
        return new Enrich(RunningTopology.start(
                ROLE,
                EnrichTopology.of(settings, kafka.topics(), meters.registry()),
                kafka,
                new RunningTopology.Running(
                        settings.stateDir(), settings.threads(), settings.commitInterval(), writing),
                meters));
    }

    /** Ready as long as all tasks run. */
    public ReadinessCheck readiness() {
        return topology.readiness();
    }

    @Override
    public void close() {
        topology.close();
    }
}
