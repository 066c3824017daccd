package io.spoor.enrich;

import io.micrometer.core.instrument.MeterRegistry;
import io.spoor.model.Topics;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** Raw records to lines, facts, links and dead letters: one source, one processor, four sinks. */
final class EnrichTopology {
    static final String LINES = "lines-write";
    static final String RUNS = "runs-write";
    static final String LINKS = "links-write";
    static final String DEAD_LETTERS = "dead-letters-write";

    private static final String READ = "raw-logs-read";
    private static final String ENRICH = "record-enrich";

    private EnrichTopology() {}

    static Topology of(EnrichSettings settings, Topics topics, MeterRegistry registry) {
        var read = Serdes.ByteArray().deserializer();
        var write = Serdes.ByteArray().serializer();
        EnrichMeters meters = new EnrichMeters(registry);
        Topology topology = new Topology();
        topology.addSource(READ, read, read, topics.logsRaw());
        topology.addProcessor(ENRICH, () -> new RecordEnricher(settings, meters), READ);
        topology.addSink(LINES, topics.lines(), write, write, ENRICH);
        topology.addSink(RUNS, topics.runs(), write, write, ENRICH);
        topology.addSink(LINKS, topics.links(), write, write, ENRICH);
        topology.addSink(DEAD_LETTERS, topics.deadLetters(), write, write, ENRICH);
        return topology;
    }
}
