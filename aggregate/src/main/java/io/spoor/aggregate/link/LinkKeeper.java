package io.spoor.aggregate.link;

import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.lag.Tracked;
import io.spoor.model.Id;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes each link of {@code spoor.links} to the store: the key is an id, the value the id it is linked with. */
public final class LinkKeeper extends Tracked<@Nullable String, @Nullable String> {
    private final String store;
    private LinkStore links;

    @SuppressWarnings("NullAway.Init") // Streams calls init before process
    public LinkKeeper(String store, Progress progress) {
        super(progress);
        this.store = store;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        links = new LinkStore(context.getStateStore(store));
    }

    @Override
    protected void process(Record<@Nullable String, @Nullable String> link, long offset) throws ForeignRecord {
        links.keep(id(link.key()), id(link.value()), link.timestamp());
    }

    private static Id id(@Nullable String key) throws ForeignRecord {
        return read(() -> Id.ofKey(key == null ? "" : key));
    }
}
