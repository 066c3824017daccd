package io.spoor.aggregate.lag;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that was in Kafka at the first look has gone both hops, one after the other: first the raw input of then is
 * enriched, and what enrich had written by that moment is to be processed. Ages cannot tell this, for what enrich writes
 * late looks young.
 */
final class CatchUp {
    private final String rawTopic;
    private @Nullable Map<TopicPartition, Long> toEnrich;
    private @Nullable Map<TopicPartition, Long> toProcess;
    private boolean done;

    /** @param rawTopic what enrich reads; all other topics are what it writes */
    CatchUp(String rawTopic) {
        this.rawTopic = rawTopic;
    }

    /**
     * Notes a look at all partitions; returns whether the start is caught up with.
     *
     * @param positions the next offset that the reader of each partition will read, noted before the ends
     */
    boolean note(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        if (toEnrich == null) {
            toEnrich = endsOf(true, ends);
        }
        if (toProcess == null && reached(positions, toEnrich)) {
            toProcess = endsOf(false, ends);
        }
        done = done || (toProcess != null && reached(positions, toProcess));
        return done;
    }

    private Map<TopicPartition, Long> endsOf(boolean raw, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(rawTopic) == raw)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean reached(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> targets) {
        return targets.entrySet().stream()
                .allMatch(target -> positions.getOrDefault(target.getKey(), 0L) >= target.getValue());
    }
}
