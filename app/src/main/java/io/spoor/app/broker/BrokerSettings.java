package io.spoor.app.broker;

import io.spoor.runtime.settings.Address;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Kafka's settings for one node on a small machine: everything that assumes a cluster or a large heap is turned down. */
final class BrokerSettings {
    private static final int MIB = 1 << 20;

    private BrokerSettings() {}

    static Properties of(int nodeId, Path directory, Address listen, Address advertised, Address controller) {
        Properties settings = new Properties();
        settings.putAll(node(nodeId, directory, listen, advertised, controller));
        settings.putAll(topics());
        settings.putAll(log());
        settings.putAll(threads());
        return settings;
    }

    private static Map<String, String> node(
            int nodeId, Path directory, Address listen, Address advertised, Address controller) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(nodeId)),
                Map.entry("controller.quorum.voters", nodeId + "@" + controller),
                Map.entry("listeners", "CLIENTS://" + listen + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "CLIENTS://" + advertised + ",CONTROLLER://" + controller),
                Map.entry("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "CLIENTS"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                // After a kill -9 the controller still believes in the broker that was, and lets the new one in only
                // when
                // that one's session is over: 9 s by default. Heartbeats do not even leave the process.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("log.dirs", directory.toString()));
    }

    private static Map<String, String> topics() {
        return Map.ofEntries(
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // Waiting for further members of a group only delays the one process that there is.
                Map.entry("group.initial.rebalance.delay.ms", "0"));
    }

    private static Map<String, String> log() {
        return Map.ofEntries(
                // A chunk of the trail store may reach 8 MiB; the rest is for its record's frame.
                Map.entry("message.max.bytes", String.valueOf(9 * MIB)),
                // Retention drops whole segments, and an unclean start reads the newest one of each partition.
                Map.entry("log.segment.bytes", String.valueOf(64 * MIB)),
                Map.entry("log.roll.hours", "1"),
                Map.entry("log.retention.check.interval.ms", "60000"),
                // 64 MiB need 192 KiB of time index; Kafka would map 10 MiB for each of two indexes a partition.
                Map.entry("log.index.size.max.bytes", String.valueOf(MIB / 4)),
                // On the heap; Kafka would take 128 MiB.
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(16 * MIB)),
                Map.entry("offsets.topic.segment.bytes", String.valueOf(8 * MIB)),
                Map.entry("transaction.state.log.segment.bytes", String.valueOf(8 * MIB)),
                Map.entry("share.coordinator.state.topic.segment.bytes", String.valueOf(8 * MIB)),
                Map.entry("metadata.log.segment.bytes", String.valueOf(8 * MIB)),
                Map.entry("metadata.log.max.record.bytes.between.snapshots", String.valueOf(4 * MIB)),
                Map.entry("metadata.max.retention.bytes", String.valueOf(32 * MIB)));
    }

    private static Map<String, String> threads() {
        return Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "num.recovery.threads.per.data.dir", "2",
                "group.coordinator.threads", "1",
                "share.coordinator.threads", "1",
                "log.cleaner.threads", "1");
    }
}
