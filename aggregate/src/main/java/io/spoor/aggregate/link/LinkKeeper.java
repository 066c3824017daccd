package io.spoor.aggregate.link;

import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.lag.Tracked;
import io.spoor.model.Id;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes each link of {@code spoor.links} to the store: the key is an id, the value the id it is linked with. */
public final class LinkKeeper extends Tracked<String, String> {
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
    protected void process(Record<String, String> link, long offset) {
        links.keep(Id.ofKey(link.key()), Id.ofKey(link.value()), link.timestamp());
    }
}
