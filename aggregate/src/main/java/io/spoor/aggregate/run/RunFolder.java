package io.spoor.aggregate.run;

import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.lag.Tracked;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.FactJson;
import io.spoor.model.run.Run;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Folds each fact of {@code spoor.runs} into its run. */
public final class RunFolder extends Tracked<String, byte[]> {
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
    protected void process(Record<String, byte[]> record, long offset) {
        Fact fact = FactJson.read(record.value());
        Run known = runs.get(record.key());
        Run run = known == null ? Run.unseen(fact.runId()) : known;
        Run more = run.with(fact);
        if (!more.equals(known)) {
            runs.put(record.key(), more);
        }
    }
}
