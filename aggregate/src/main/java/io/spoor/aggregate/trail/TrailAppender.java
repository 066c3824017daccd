package io.spoor.aggregate.trail;

import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.lag.Tracked;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Appends each line of {@code spoor.lines} to the trail it is keyed by; a line without a key belongs to none. */
public final class TrailAppender extends Tracked<@Nullable String, byte @Nullable []> {
    private final String store;
    private TrailStore trails;

    @SuppressWarnings("NullAway.Init") // Streams calls init before process
    public TrailAppender(String store, Progress progress) {
        super(progress);
        this.store = store;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        trails = context.getStateStore(store);
    }

    @Override
    protected void process(Record<@Nullable String, byte @Nullable []> line, long offset) {
        if (line.key() != null && line.value() != null) {
            trails.append(line.key(), offset, line.timestamp(), line.value());
        }
    }
}
