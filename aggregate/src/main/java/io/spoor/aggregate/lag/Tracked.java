package io.spoor.aggregate.lag;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A processor that ends at a store and tells {@link Progress} how far it has come, also past records that are not what
 * their topic is for. Those, which none of Spoor's own parts writes, are told and passed over; a failure to store is not
 * one of them and stops the task.
 */
public abstract class Tracked<K extends @Nullable Object, V extends @Nullable Object>
        implements Processor<K, V, Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(Tracked.class);

    private final Progress progress;
    private ProcessorContext<Void, Void> context;
    private @Nullable AtomicLong next;

    @SuppressWarnings("NullAway.Init") // Streams calls init before process
    protected Tracked(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
    }

    @Override
    public final void process(Record<K, V> record) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        try {
            process(record, from.offset());
        } catch (ForeignRecord e) {
            LOG.atWarn()
                    .addKeyValue("topic", from.topic())
                    .addKeyValue("partition", from.partition())
                    .addKeyValue("offset", from.offset())
                    .setCause(e)
                    .log("Passed over a record that Spoor did not write");
        }
        if (next == null) {
            next = progress.of(from.topic(), from.partition());
        }
        next.lazySet(from.offset() + 1);
    }

    /** Takes one record to the store. */
    protected abstract void process(Record<K, V> record, long offset) throws ForeignRecord;

    /** What a record holds; whatever makes the reading fail makes it a foreign one. */
    protected static <T> T read(Supplier<T> reading) throws ForeignRecord {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ForeignRecord(e);
        }
    }

    /** A record that does not hold what its topic is for. */
    protected static final class ForeignRecord extends Exception {
        private static final long serialVersionUID = 1;

        private ForeignRecord(IllegalArgumentException cause) {
            super(cause);
        }
    }
}
