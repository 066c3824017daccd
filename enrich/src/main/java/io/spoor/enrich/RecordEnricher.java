package io.spoor.enrich;

import io.spoor.enrich.fact.FactReader;
import io.spoor.enrich.fact.Telling;
import io.spoor.enrich.tag.LineIds;
import io.spoor.enrich.tag.MessageTable;
import io.spoor.enrich.unwrap.Drop;
import io.spoor.enrich.unwrap.RawLine;
import io.spoor.enrich.unwrap.Rejection;
import io.spoor.enrich.unwrap.Unwrap;
import io.spoor.enrich.unwrap.UnwrapSink;
import io.spoor.model.EnrichedLine;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.LetterHeaders;
import io.spoor.model.LineId;
import io.spoor.model.Stamp;
import io.spoor.model.fact.FactJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one raw record apart and passes on what it holds: lines, links, facts, dead letters.
 *
 * <p>What a record gives is gathered first and passed on afterwards: a bug on the way gives one letter and nothing else, and
 * a failure to write, which Kafka Streams tells at a later {@code forward}, is never taken for a bug on the record at hand.
 */
final class RecordEnricher implements Processor<byte[], byte[], byte[], byte[]>, UnwrapSink {
    /** A letter holds no more of a record: with headers it must fit into a message, which takes 9 MiB. */
    static final int MAX_LETTER = 8 << 20;

    private static final int MAX_DETAIL = 1000;
    private static final byte[] NOTHING = {};
    private static final Logger LOG = LoggerFactory.getLogger(RecordEnricher.class);

    /** A record on its way out. */
    private record Outgoing(String to, Record<byte[], byte[]> record) {}

    private final EnrichMeters meters;
    private final Unwrap unwrap;
    private final LineReader reader;
    private final LineIds ids;
    private final MessageTable<Telling> facts;
    private final Beside beside;
    private final LinkMemory links = new LinkMemory();
    private final List<Outgoing> outgoing = new ArrayList<>();

    // Of the record that is being processed.
    private ProcessorContext<byte[], byte[]> context;
    private RecordMetadata origin;
    private RawHeaders headers;
    private long arrivedMillis;

    @SuppressWarnings("NullAway.Init") // Streams calls init before process, and process sets the rest
    RecordEnricher(EnrichSettings settings, EnrichMeters meters) {
        this.meters = meters;
        unwrap = new Unwrap(settings.unwrap());
        reader = new LineReader(settings);
        ids = new LineIds(settings.ids());
        beside = new Beside(settings.unwrap().maxDepth());
        facts = new MessageTable<>(settings.facts());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        origin = context.recordMetadata().orElseThrow();
        headers = RawHeaders.of(record.headers());
        arrivedMillis = record.timestamp();
        try {
            unwrap.unwrap(record.value(), headers.labels(), headers.atMillis(), arrivedMillis, this);
        } catch (RuntimeException e) {
            // A bug of ours on one record must not stop the partition: the record is kept, and the bug is told.
            LOG.atError().addKeyValue("record", originText()).setCause(e).log("Could not enrich a record");
            outgoing.clear();
            byte[] value = record.value() == null ? NOTHING : record.value();
            letter(idOf(LineId.ALONE), EnrichMeters.INTERNAL, e.toString(), value, 0, value.length);
        }
        try {
            outgoing.forEach(out -> context.forward(out.record(), out.to()));
        } finally {
            outgoing.clear();
        }
    }

    private LineId idOf(int index) {
        return new LineId(origin.partition(), origin.offset(), index);
    }

    @Override
    public void line(RawLine line) {
        Beside said = beside.read(headers.meta(), line.extras());
        Stamp stamp = reader.stamp(line, said, idOf(line.index()), headers.via(), arrivedMillis);
        List<Id> carried = ids.of(line.json() ? line.fields() : null, said.members());
        Id trail = carried.isEmpty() || !isTrail(carried.get(0)) ? null : carried.get(0);
        byte[] enriched = line.json()
                ? EnrichedLine.ofObject(line.buffer(), line.from(), line.to() - line.from(), stamp)
                : EnrichedLine.ofText(line.text(), stamp);
        forward(EnrichTopology.LINES, key(trail), enriched, stamp.at());
        meters.line(line.json());
        if (trail != null) {
            link(trail, carried, stamp.at());
            if (trail.kind() == IdKind.RUN && line.json()) {
                tellFact(line, carried, stamp.at());
            }
        }
    }

    private static boolean isTrail(Id id) {
        return switch (id.kind()) {
            case RUN, REQUEST, JOB -> true;
            case OTEL, DELIVERY, EVENT -> false;
        };
    }

    /** Every further id of a line is linked with its trail, both ways. */
    private void link(Id trail, List<Id> carried, long atMillis) {
        for (int i = 1; i < carried.size(); i++) {
            Id other = carried.get(i);
            if (links.isNew(other, trail, atMillis)) {
                forward(EnrichTopology.LINKS, key(other), value(trail), atMillis);
                forward(EnrichTopology.LINKS, key(trail), value(other), atMillis);
            }
        }
    }

    private void tellFact(RawLine line, List<Id> carried, long atMillis) {
        Telling telling = facts.of(line.fields());
        if (telling != null) {
            FactReader.read(telling, line.fields(), carried, atMillis)
                    .ifPresent(
                            fact -> forward(EnrichTopology.RUNS, key(carried.get(0)), FactJson.write(fact), atMillis));
        }
    }

    @Override
    public void rejected(int index, Rejection reason, String detail, byte[] buffer, int from, int to) {
        letter(idOf(index), reason.code(), detail, buffer, from, to);
    }

    @Override
    public void dropped(Drop reason) {
        meters.dropped(reason);
    }

    /** What cannot be a line is kept as it came, with its shipper's headers, so that it can be put in once more. */
    private void letter(LineId id, String reason, String detail, byte[] buffer, int from, int to) {
        RecordHeaders about = new RecordHeaders();
        headers.writeTo(about);
        RawHeaders.write(about, LetterHeaders.REASON, reason);
        RawHeaders.write(about, LetterHeaders.DETAIL, detail.substring(0, Math.min(detail.length(), MAX_DETAIL)));
        RawHeaders.write(about, LetterHeaders.ORIGIN, originText());
        RawHeaders.write(about, LetterHeaders.ARRIVED, Long.toString(arrivedMillis));
        RawHeaders.write(about, LetterHeaders.ATTEMPTS, "1");
        int length = to - from;
        if (length > MAX_LETTER) {
            RawHeaders.write(about, LetterHeaders.CUT_FROM, Integer.toString(length));
        }
        byte[] value = Arrays.copyOfRange(buffer, from, from + Math.min(length, MAX_LETTER));
        byte[] key = id.toString().getBytes(StandardCharsets.UTF_8);
        outgoing.add(new Outgoing(EnrichTopology.DEAD_LETTERS, new Record<>(key, value, arrivedMillis, about)));
        meters.rejected(reason);
    }

    private String originText() {
        return origin.topic() + "/" + origin.partition() + "/" + origin.offset();
    }

    /** Without headers: Streams would pass on the raw record's by itself, and what leaves here needs none. */
    private void forward(String to, byte @Nullable [] key, byte[] value, long atMillis) {
        outgoing.add(new Outgoing(to, new Record<>(key, value, atMillis)));
    }

    private static byte @Nullable [] key(@Nullable Id id) {
        return id == null ? null : value(id);
    }

    private static byte[] value(Id id) {
        return id.key().getBytes(StandardCharsets.UTF_8);
    }
}
