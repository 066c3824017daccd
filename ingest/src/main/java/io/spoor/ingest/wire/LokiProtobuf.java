package io.spoor.ingest.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loki's push request in protobuf (grafana/loki, pkg/push/push.proto), already out of its snappy block: {@code PushRequest}
 * has {@code streams=1}; {@code StreamAdapter} has {@code labels=1}, {@code entries=2}; {@code EntryAdapter} has
 * {@code timestamp=1 {seconds=1, nanos=2}}, {@code line=2}, {@code structuredMetadata=3 {name=1, value=2}}. Other fields are
 * skipped. Lines are stretches of the body; broken UTF-8 in them is the reader's concern.
 */
public final class LokiProtobuf {
    private static final int NANOS = 1_000_000_000;

    private final byte[] body;
    private final String via;
    private final LineCollector out;
    private int number;

    private LokiProtobuf(byte[] body, String via, LineLimits limits) {
        this.body = body;
        this.via = via;
        this.out = new LineCollector(limits);
    }

    /**
     * Decodes a push.
     *
     * @param via the door, for {@link ShippedHeaders#VIA}
     */
    public static Shipment lines(byte[] body, String via, LineLimits limits) throws MalformedBody, TooManyLines {
        LokiProtobuf push = new LokiProtobuf(body, via, limits);
        ProtoReader request = new ProtoReader(body, 0, body.length);
        while (request.next()) {
            if (request.field() == 1) {
                request.expect(ProtoReader.LENGTH);
                push.stream(request.from(), request.to());
            }
        }
        return push.out.shipment();
    }

    private void stream(int from, int to) throws MalformedBody, TooManyLines {
        // Fields may come in any order, so the labels are looked for first.
        Map<String, String> labels = Map.of();
        ProtoReader stream = new ProtoReader(body, from, to);
        while (stream.next()) {
            if (stream.field() == 1) {
                stream.expect(ProtoReader.LENGTH);
                labels = LabelSelector.parse(body, stream.from(), stream.to());
            }
        }
        Map<String, String> shared = LokiHeaders.ofStream(via, labels);
        ProtoReader again = new ProtoReader(body, from, to);
        while (again.next()) {
            if (again.field() == 2) {
                again.expect(ProtoReader.LENGTH);
                entry(again.from(), again.to(), shared);
            }
        }
    }

    private void entry(int from, int to, Map<String, String> shared) throws MalformedBody, TooManyLines {
        Long nanos = null;
        int lineFrom = from;
        int lineTo = from;
        Map<String, String> metadata = Map.of();
        ProtoReader entry = new ProtoReader(body, from, to);
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> nanos = nanos(entry.expect(ProtoReader.LENGTH));
                case 2 -> {
                    entry.expect(ProtoReader.LENGTH);
                    lineFrom = entry.from();
                    lineTo = entry.to();
                }
                case 3 -> {
                    metadata = metadata.isEmpty() ? new LinkedHashMap<>() : metadata;
                    pair(entry.expect(ProtoReader.LENGTH), metadata);
                }
                default -> {}
            }
        }
        out.add(body, lineFrom, lineTo, ++number, LokiHeaders.ofEntry(shared, nanos, metadata));
    }

    /** Null for a time that no 64-bit number of nanoseconds can tell: the line then has its own, or that of its arrival. */
    private @Nullable Long nanos(ProtoReader in) throws MalformedBody {
        long seconds = 0;
        long nanos = 0;
        ProtoReader timestamp = new ProtoReader(body, in.from(), in.to());
        while (timestamp.next()) {
            if (timestamp.field() == 1) {
                seconds = timestamp.expect(ProtoReader.VARINT).number();
            } else if (timestamp.field() == 2) {
                nanos = timestamp.expect(ProtoReader.VARINT).number();
            }
        }
        boolean tellable =
                nanos >= 0 && nanos < NANOS && Math.abs(seconds) < Long.MAX_VALUE / NANOS && seconds != Long.MIN_VALUE;
        return tellable ? seconds * NANOS + nanos : null;
    }

    private void pair(ProtoReader in, Map<String, String> target) throws MalformedBody {
        String name = "";
        String value = "";
        ProtoReader pair = new ProtoReader(body, in.from(), in.to());
        while (pair.next()) {
            if (pair.field() == 1) {
                name = text(pair.expect(ProtoReader.LENGTH));
            } else if (pair.field() == 2) {
                value = text(pair.expect(ProtoReader.LENGTH));
            }
        }
        LokiHeaders.put(target, name, value);
    }

    private String text(ProtoReader in) {
        return new String(body, in.from(), in.to() - in.from(), StandardCharsets.UTF_8);
    }
}
