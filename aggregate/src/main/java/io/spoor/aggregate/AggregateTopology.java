package io.spoor.aggregate;

import io.spoor.aggregate.lag.Progress;
import io.spoor.aggregate.link.LinkKeeper;
import io.spoor.aggregate.link.LinkStore;
import io.spoor.aggregate.run.RunFolder;
import io.spoor.aggregate.run.RunStores;
import io.spoor.aggregate.trail.TrailAppender;
import io.spoor.aggregate.trail.TrailStores;
import io.spoor.model.Topics;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/**
 * Lines to trails, links to links, facts to runs.
 *
 * <p>The three topics have the same keys and the same number of partitions. All stores belong to all processors, which
 * makes them one sub-topology: whatever is known under one key lies with one task, and one read answers it.
 */
final class AggregateTopology {
    static final String TRAILS = "trails";
    static final String LINKS = "links";
    static final String RUNS = "runs";

    /** A record of a changelog may be this large: a chunk, which is at most one line and a half MiB, or a run of many jobs. */
    static final int MAX_CHANGE_BYTES = 16 << 20;

    private AggregateTopology() {}

    static Topology of(AggregateSettings settings, Topics topics, Progress progress) {
        var string = Serdes.String().deserializer();
        var bytes = Serdes.ByteArray().deserializer();
        Topology topology = new Topology();
        topology.addSource("lines-read", string, bytes, topics.lines());
        topology.addProcessor("trail-append", () -> new TrailAppender(TRAILS, progress), "lines-read");
        topology.addSource("links-read", string, string, topics.links());
        topology.addProcessor("link-keep", () -> new LinkKeeper(LINKS, progress), "links-read");
        topology.addSource("runs-read", string, bytes, topics.runs());
        topology.addProcessor("run-fold", () -> new RunFolder(RUNS, progress), "runs-read");
        String[] together = {"trail-append", "link-keep", "run-fold"};
        topology.addStateStore(TrailStores.persistent(TRAILS, settings.retention(), MAX_CHANGE_BYTES), together);
        topology.addStateStore(LinkStore.persistent(LINKS, settings.retention()), together);
        topology.addStateStore(RunStores.persistent(RUNS, MAX_CHANGE_BYTES), together);
        return topology;
    }
}
