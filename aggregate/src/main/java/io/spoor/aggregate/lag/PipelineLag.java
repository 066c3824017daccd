package io.spoor.aggregate.lag;

import io.spoor.model.Topics;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far behind an answer may be: the age of the oldest record that Kafka has acknowledged and that is not in the stores,
 * over both hops: raw input that enrich has not committed, and enriched output that this instance has not processed.
 *
 * <p>Sampled on a thread of its own, so it is never too small by more than one sample, and grows while Kafka cannot be
 * asked.
 */
public final class PipelineLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineLag.class);
    private static final long EVERY_MILLIS = 200;
    private static final long DESCRIBE_MILLIS = 30_000;
    private static final long ANSWER_MILLIS = 5_000;

    private final Admin admin;
    private final String enrichGroup;
    private final String aggregateGroup;
    private final Topics topics;
    private final Progress progress;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "spoor-lag");
    // The sampling thread only, these four.
    private final CatchUp catchUp;
    private final Map<TopicPartition, Backlog> backlogs = new HashMap<>();
    private final Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    private long describedAt;

    private volatile long sampledAt;
    private volatile long sampled;
    private volatile boolean caughtUp;
    private volatile boolean closed;

    /**
     * Makes it; {@link #start} begins.
     *
     * @param admin is closed with this
     */
    public PipelineLag(
            Admin admin,
            String enrichGroup,
            String aggregateGroup,
            Topics topics,
            Progress progress,
            InstantSource clock) {
        this.admin = admin;
        this.enrichGroup = enrichGroup;
        this.aggregateGroup = aggregateGroup;
        this.topics = topics;
        this.progress = progress;
        this.clock = clock;
        this.catchUp = new CatchUp(topics.logsRaw());
        this.sampledAt = clock.millis();
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** The lag now, in milliseconds. */
    public long millis() {
        long silence = clock.millis() - sampledAt;
        return silence > 5 * EVERY_MILLIS ? sampled + silence : sampled;
    }

    /** Whether all that was there when this process started has been processed: until then, not found means nothing. */
    public boolean caughtUp() {
        return caughtUp;
    }

    private void run() {
        while (!closed) {
            try {
                sample();
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                LOG.atDebug().setCause(e).log("Could not ask Kafka how far behind the stores are");
            }
        }
    }

    private void sample() throws InterruptedException, ExecutionException, TimeoutException {
        if (latest.isEmpty() || clock.millis() - describedAt > DESCRIBE_MILLIS) {
            describe();
        }
        // Positions before ends: a record that arrives in between makes the lag larger, never smaller.
        Map<TopicPartition, Long> enriched = committed(enrichGroup);
        Map<TopicPartition, Long> aggregated = committed(aggregateGroup);
        long now = clock.millis();
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, Long> positions = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .forEach((partition, end) -> {
                    ends.put(partition, end.offset());
                    positions.put(
                            partition,
                            partition.topic().equals(topics.logsRaw())
                                    ? enriched.getOrDefault(partition, 0L)
                                    : Math.max(aggregated.getOrDefault(partition, 0L), progress.of(partition)));
                });
        long most = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            Backlog backlog = backlogs.computeIfAbsent(end.getKey(), any -> new Backlog());
            most = Math.max(most, backlog.note(now, end.getValue(), positions.getOrDefault(end.getKey(), 0L)));
        }
        sampled = most;
        sampledAt = now;
        caughtUp = catchUp.note(positions, ends);
    }

    private void describe() throws InterruptedException, ExecutionException, TimeoutException {
        List<String> names = List.of(topics.logsRaw(), topics.lines(), topics.links(), topics.runs());
        Collection<TopicDescription> descriptions = admin.describeTopics(names)
                .allTopicNames()
                .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .values();
        for (TopicDescription topic : descriptions) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
            }
        }
        describedAt = clock.millis();
    }

    private Map<TopicPartition, Long> committed(String group)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> next = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                next.put(partition, offset.offset());
            }
        });
        return next;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(ANSWER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        admin.close();
    }
}
