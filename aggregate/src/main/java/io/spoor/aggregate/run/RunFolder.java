package io.spoor.aggregate.run;

import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.lag.Tracked;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.FactJson;
import io.spoor.model.run.Run;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Folds each fact of {@code spoor.runs} into its run. */
public final class RunFolder extends Tracked<@Nullable String, byte @Nullable []> {
    private static final byte[] NOTHING = {};

    private final String store;
    private KeyValueStore<String, Run> runs;

    @SuppressWarnings("NullAway.Init") // Streams calls init before process
    public RunFolder(String store, Progress progress) {
        super(progress);
        this.store = store;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        runs = context.getStateStore(store);
    }

    @Override
    protected void process(Record<@Nullable String, byte @Nullable []> record, long offset) throws ForeignRecord {
        byte[] value = record.value();
        Fact fact = read(() -> FactJson.read(value == null ? NOTHING : value));
        String key = new Id(IdKind.RUN, fact.runId()).key();
        Run known = runs.get(key);
        Run more = (known == null ? Run.unseen(fact.runId()) : known).with(fact);
        if (!more.equals(known)) {
            runs.put(key, more);
        }
    }
}
