package io.spoor.runtime.kafka;

import io.spoor.model.Topics;
import io.spoor.runtime.settings.SettingsReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which Kafka, and what the topics look like that are created there.
 *
 * @param bootstrap {@code HOST:PORT[,HOST:PORT…]}
 * @param topics the names of the topics
 * @param partitions how many each new topic gets
 * @param replicationFactor of each new topic; -1 leaves it to the broker
 * @param rawRetention how long untouched input is kept
 * @param linesRetention how long lines, runs and links are kept
 * @param startTimeout how long to wait for a broker at start
 * @param client passed to every Kafka client as it stands ({@code security.protocol}, …); may hold secrets
 */
public record KafkaSettings(
        String bootstrap,
        Topics topics,
        int partitions,
        int replicationFactor,
        Duration rawRetention,
        Duration linesRetention,
        Duration startTimeout,
        Map<String, String> client) {
    public KafkaSettings {
        client = Map.copyOf(client);
    }

    public static KafkaSettings from(SettingsReader reader) {
        return new KafkaSettings(
                reader.text(
                        "spoor.kafka.bootstrap",
                        text -> !text.isEmpty(),
                        "write HOST:PORT, several with commas between"),
                new Topics(reader.text(
                        "spoor.kafka.topic-prefix",
                        Topics::isLegalPrefix,
                        "write letters, digits, dots, dashes and underscores, at most 200")),
                reader.integer("spoor.kafka.partitions", 1, 10_000),
                reader.integer("spoor.kafka.replication-factor", -1, Short.MAX_VALUE),
                reader.duration("spoor.kafka.raw-retention", Duration.ofMinutes(1), Duration.ofDays(3650)),
                reader.duration("spoor.kafka.lines-retention", Duration.ofMinutes(1), Duration.ofDays(3650)),
                reader.duration("spoor.kafka.start-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                reader.map("spoor.kafka.client"));
    }

    /** What every client is made with, before its owner puts what it cannot do without on top: a fresh, mutable map. */
    public Map<String, Object> clientProperties(String clientId) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("bootstrap.servers", bootstrap);
        properties.put("client.id", clientId);
        return properties;
    }

    /** Without the values of {@code client}, some of which may be passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrap=" + bootstrap + ", topics=" + topics.prefix() + ".*, partitions=" + partitions
                + ", client=" + new TreeSet<>(client.keySet()) + "]";
    }
}
