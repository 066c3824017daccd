package io.spoor.aggregate.lag;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** Up to which offset each input partition has been processed here; written by tasks at each record, read by any thread. */
public final class Progress {
    private final Map<TopicPartition, AtomicLong> next = new ConcurrentHashMap<>();

    /** The cell that a task sets to the next offset to be processed; 0 until it has processed a record. */
    public AtomicLong of(String topic, int partition) {
        return next.computeIfAbsent(new TopicPartition(topic, partition), any -> new AtomicLong());
    }

    long of(TopicPartition partition) {
        AtomicLong cell = next.get(partition);
        return cell == null ? 0 : cell.get();
    }
}
