package io.spoor.aggregate.lag;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A processor that ends at a store and tells {@link Progress} how far it has come, also past records that it cannot
 * process.
 */
public abstract class Tracked<K extends @Nullable Object, V> implements Processor<K, V, Void, Void> {
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
        } finally {
            if (next == null) {
                next = progress.of(from.topic(), from.partition());
            }
            next.lazySet(from.offset() + 1);
        }
    }

    /** Takes one record to the store. */
    protected abstract void process(Record<K, V> record, long offset);
}
