package io.spoor.runtime.kafka;

import io.spoor.runtime.CannotStart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it at start that the topics a process needs are there and as they must be. Absent ones are created; existing
 * ones are compared and never altered. Several processes may do this at the same time.
 */
public final class TopicSetup {
    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

    private final KafkaSettings settings;
    private final KafkaAdmin admin;
    private final List<TopicPlan> plans;

    private TopicSetup(KafkaSettings settings, KafkaAdmin admin, Collection<String> names) {
        Map<String, TopicPlan> all = TopicPlan.all(settings);
        this.settings = settings;
        this.admin = admin;
        this.plans = new TreeSet<>(names)
                .stream()
                        .map(name -> Optional.ofNullable(all.get(name))
                                .orElseThrow(() -> new IllegalArgumentException("not one of Spoor's topics: " + name)))
                        .toList();
    }

    /**
     * Creates what is absent of {@code names} (from {@link io.spoor.model.Topics}), and returns when all can be used.
     *
     * @throws CannotStart when no broker answers in time, or an existing topic conflicts with what Spoor needs
     */
    public static void ensure(KafkaSettings settings, Collection<String> names) {
        try (KafkaAdmin admin = new KafkaAdmin(settings)) {
            new TopicSetup(settings, admin, names).ensure();
        } catch (ExecutionException e) {
            throw new CannotStart(
                    "The topics cannot be set up at " + settings.bootstrap() + ": " + KafkaAdmin.rootMessage(e) + ".",
                    e);
        }
    }

    private void ensure() throws ExecutionException {
        Map<String, TopicDescription> existing = describe();
        int partitions = existing.values().stream()
                .filter(topic -> plan(topic.name()).coPartitioned())
                .mapToInt(topic -> topic.partitions().size())
                .max()
                .orElse(settings.partitions());
        for (TopicPlan plan : plans) {
            if (!existing.containsKey(plan.name())) {
                create(plan, plan.coPartitioned() ? partitions : settings.partitions());
            }
        }
        List<String> conflicts = conflicts(awaitAll());
        if (!conflicts.isEmpty()) {
            throw new CannotStart(String.join(System.lineSeparator(), conflicts));
        }
    }

    private TopicPlan plan(String name) {
        return plans.stream()
                .filter(plan -> plan.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, TopicDescription> describe() throws ExecutionException {
        Map<String, TopicDescription> found = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.client()
                .describeTopics(plans.stream().map(TopicPlan::name).toList())
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                found.put(answer.getKey(), admin.await(answer.getValue()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private void create(TopicPlan plan, int partitions) throws ExecutionException {
        NewTopic topic = new NewTopic(plan.name(), partitions, (short) settings.replicationFactor());
        try {
            admin.await(admin.client()
                    .createTopics(List.of(topic.configs(plan.config())))
                    .all());
            log.atInfo()
                    .addKeyValue("topic", plan.name())
                    .addKeyValue("partitions", partitions)
                    .log("Created topic");
        } catch (ExecutionException e) {
            // Another process was faster; what it made is compared like any other.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** A new topic is known to the controller first; Kafka Streams stops for good when a broker does not know it yet. */
    private Map<String, TopicDescription> awaitAll() throws ExecutionException {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        Map<String, TopicDescription> found = describe();
        while (found.size() < plans.size()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStart(
                        "Kafka at " + settings.bootstrap() + " created topics but does not show them within "
                                + settings.startTimeout().toSeconds() + " s. Is the cluster healthy?");
            }
            pause();
            found = describe();
        }
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for topics.", e);
        }
    }

    private List<String> conflicts(Map<String, TopicDescription> topics) throws ExecutionException {
        List<ConfigResource> resources = topics.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                admin.await(admin.client().describeConfigs(resources).all());
        List<String> conflicts = new ArrayList<>();
        for (TopicPlan plan : plans) {
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, plan.name()));
            if (config != null) {
                TopicConflicts.of(
                                plan,
                                name -> config.get(name) == null
                                        ? null
                                        : config.get(name).value())
                        .forEach(conflicts::add);
            }
        }
        Map<String, Integer> partitions = new TreeMap<>();
        topics.forEach((name, topic) -> {
            if (plan(name).coPartitioned()) {
                partitions.put(name, topic.partitions().size());
            }
        });
        TopicConflicts.ofPartitions(partitions).ifPresent(conflicts::add);
        return conflicts;
    }
}
