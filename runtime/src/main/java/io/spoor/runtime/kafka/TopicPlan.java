package io.spoor.runtime.kafka;

import io.spoor.model.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a topic must look like.
 *
 * @param name the topic
 * @param coPartitioned whether it must have as many partitions as the others of which this holds
 * @param config the settings it is created with
 */
record TopicPlan(String name, boolean coPartitioned, Map<String, String> config) {
    /** 8 MiB of value, which is the most a raw record may hold, and room for headers. */
    static final int MAX_MESSAGE_BYTES = 9 * 1024 * 1024;

    TopicPlan {
        config = Map.copyOf(config);
    }

    /** All topics by name. */
    static Map<String, TopicPlan> all(KafkaSettings settings) {
        Topics topics = settings.topics();
        Map<String, TopicPlan> plans = new LinkedHashMap<>();
        // Shippers stamp event time, and a broker refuses a record from the future; what counts here is arrival.
        put(plans, topics.logsRaw(), false, deleted(settings.rawRetention(), "LogAppendTime"));
        put(plans, topics.eventsRaw(), false, deleted(settings.rawRetention(), "LogAppendTime"));
        put(plans, topics.metricsRaw(), false, deleted(settings.rawRetention(), "LogAppendTime"));
        put(plans, topics.lines(), true, deleted(settings.linesRetention(), "CreateTime"));
        put(plans, topics.runs(), true, deleted(settings.linesRetention(), "CreateTime"));
        put(plans, topics.links(), true, deleted(settings.linesRetention(), "CreateTime"));
        put(plans, topics.fleet(), false, deleted(settings.rawRetention(), "CreateTime"));
        put(
                plans,
                topics.deadLetters(),
                false,
                Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime"));
        return plans;
    }

    private static void put(
            Map<String, TopicPlan> plans, String name, boolean coPartitioned, Map<String, String> config) {
        Map<String, String> all = new LinkedHashMap<>(config);
        all.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        plans.put(name, new TopicPlan(name, coPartitioned, all));
    }

    private static Map<String, String> deleted(Duration retention, String timestampType) {
        return Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                Long.toString(retention.toMillis()),
                "message.timestamp.type",
                timestampType);
    }
}
