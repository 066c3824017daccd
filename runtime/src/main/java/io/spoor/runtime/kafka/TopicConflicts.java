package io.spoor.runtime.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with topics that exist already, a sentence each. Retention is the operator's choice and never wrong. */
final class TopicConflicts {
    private static final List<String> MUST_EQUAL = List.of("cleanup.policy", "message.timestamp.type");
    private static final String UNTOUCHED = " Nothing was altered; see docs/topics.md.";

    private TopicConflicts() {}

    /** Compares one topic's settings, by name, with its plan. */
    static List<String> of(TopicPlan plan, Lookup actual) {
        List<String> conflicts = new ArrayList<>();
        for (String name : MUST_EQUAL) {
            String is = actual.value(name);
            String needed = plan.config().get(name);
            if (needed != null && is != null && !is.equals(needed)) {
                conflicts.add("Topic " + plan.name() + " has " + name + "=" + is + ", Spoor needs " + needed + "."
                        + UNTOUCHED);
            }
        }
        String bytes = actual.value("max.message.bytes");
        if (bytes != null && Long.parseLong(bytes) < TopicPlan.MAX_MESSAGE_BYTES) {
            conflicts.add("Topic " + plan.name() + " has max.message.bytes=" + bytes + ", Spoor needs at least "
                    + TopicPlan.MAX_MESSAGE_BYTES + "." + UNTOUCHED);
        }
        return conflicts;
    }

    /** Compares the partition counts of topics that are read side by side. */
    static Optional<String> ofPartitions(Map<String, Integer> partitions) {
        if (new TreeSet<>(partitions.values()).size() < 2) {
            return Optional.empty();
        }
        String counts = partitions.entrySet().stream()
                .map(topic -> topic.getKey() + " has " + topic.getValue())
                .collect(Collectors.joining(", "));
        return Optional.of("Topics that belong together have different partition counts: " + counts + "." + UNTOUCHED);
    }

    /** A topic's setting by name; null when the broker does not tell. */
    interface Lookup {
        @Nullable
        String value(String name);
    }
}
