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
import io.spoor.model.LineId;
import io.spoor.model.Stamp;
import io.spoor.model.fact.FactJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one raw record apart and passes on what it holds: lines, links, facts, dead letters. */
final class RecordEnricher implements Processor<byte[], byte[], byte[], byte[]>, UnwrapSink {
    private static final Logger LOG = LoggerFactory.getLogger(RecordEnricher.class);

    private final EnrichMeters meters;
    private final Unwrap unwrap;
    private final LineReader reader;
    private final LineIds ids;
    private final MessageTable<Telling> facts;
    private final LinkMemory links = new LinkMemory();

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
            letter(
                    new LineId(origin.partition(), origin.offset(), LineId.ALONE),
                    "internal",
                    e.toString(),
                    record.value());
        }
    }

    @Override
    public void line(RawLine line) {
        LineId id = new LineId(origin.partition(), origin.offset(), line.index());
        Stamp stamp = reader.stamp(line, id, headers.via(), arrivedMillis);
        List<Id> carried = line.json() ? ids.of(line.fields()) : List.of();
        Id trail = carried.isEmpty() || !isTrail(carried.get(0)) ? null : carried.get(0);
        byte[] enriched = line.json()
                ? EnrichedLine.ofObject(line.buffer(), line.from(), line.to() - line.from(), stamp)
                : EnrichedLine.ofText(line.text(), stamp);
        forward(EnrichTopology.LINES, key(trail), enriched, stamp.at());
        meters.line(line.json());
        if (trail != null) {
            link(trail, carried, stamp.at());
            if (trail.kind() == IdKind.RUN) {
                tellFact(line, trail, stamp.at());
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

    private void tellFact(RawLine line, Id run, long atMillis) {
        Telling telling = facts.of(line.fields());
        if (telling != null && telling != Telling.NONE) {
            FactReader.read(telling, line.fields(), run.value(), atMillis)
                    .ifPresent(fact -> forward(EnrichTopology.RUNS, key(run), FactJson.write(fact), atMillis));
        }
    }

    @Override
    public void rejected(int index, Rejection reason, String detail, byte[] buffer, int from, int to) {
        LineId id = new LineId(origin.partition(), origin.offset(), index);
        letter(id, reason.code(), detail, Arrays.copyOfRange(buffer, from, to));
    }

    @Override
    public void dropped(Drop reason) {
        meters.dropped(reason);
    }

    private void letter(LineId id, String reason, String detail, byte @Nullable [] bytes) {
        RecordHeaders about = new RecordHeaders();
        add(about, "spoor.reason", reason);
        add(about, "spoor.detail", detail);
        add(about, "spoor.origin", originText());
        add(about, "spoor.at", Long.toString(arrivedMillis));
        add(about, "spoor.attempts", "1");
        add(about, "spoor.via", headers.via());
        byte[] key = id.toString().getBytes(StandardCharsets.UTF_8);
        byte[] value = bytes == null ? new byte[0] : bytes;
        context.forward(new Record<>(key, value, arrivedMillis, about), EnrichTopology.DEAD_LETTERS);
        meters.rejected(reason);
    }

    private String originText() {
        return origin.topic() + "/" + origin.partition() + "/" + origin.offset();
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Streams passes a record's headers on by itself; what leaves here needs none. */
    private void forward(String to, byte @Nullable [] key, byte[] value, long atMillis) {
        context.forward(new Record<>(key, value, atMillis), to);
    }

    private static byte @Nullable [] key(@Nullable Id id) {
        return id == null ? null : value(id);
    }

    private static byte[] value(Id id) {
        return id.key().getBytes(StandardCharsets.UTF_8);
    }
}
