package io.spoor.enrich.unwrap;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.spoor.enrich.json.JsonElements;
import io.spoor.enrich.json.JsonKind;
import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonScan;
import io.spoor.enrich.json.JsonScan.Outcome;
import io.spoor.enrich.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Takes a raw record apart into the lines that were logged, whichever shipper sent it and however it wrapped them.
 *
 * <p>A pure function of its arguments: bytes in, lines, rejections and drops out, in the order of the record. No input
 * makes it throw. What cannot be understood as a shape is a line of text; what cannot even be text is rejected with a
 * reason. One instance serves one thread and owns the memory that it works in.
 */
public final class Unwrap {
    /** So many wrappers are taken off, one in the other; a line in still more keeps the rest. */
    private static final int MAX_LEVELS = 4;

    private static final JsonName RESOURCE_LOGS = JsonName.of("resourceLogs");

    private final UnwrapSettings settings;
    private final Utf8 utf8 = new Utf8();
    private final Binary binary = new Binary(utf8);
    private final LokiStreams lokiStreams;
    private final OtlpLogs otlpLogs;
    private final Arena arena = new Arena();
    private final Pieces pieces = new Pieces();

    /** One scan for each level, so that a wrapper can still be read while its payload is looked at. */
    private final JsonScan[] scans = new JsonScan[MAX_LEVELS + 2];

    /** For lines whose own scan has been used for a later one since. */
    private final JsonScan secondScan;

    public Unwrap(UnwrapSettings settings) {
        this.settings = settings;
        for (int level = 0; level < scans.length; level++) {
            scans[level] = new JsonScan(settings.maxDepth());
        }
        secondScan = new JsonScan(settings.maxDepth());
        lokiStreams = new LokiStreams(settings.maxDepth());
        otlpLogs = new OtlpLogs(settings.maxDepth());
    }

    /**
     * Tells the sink what the record holds.
     *
     * @param value the record's bytes; they must not change before this returns
     * @param labels what the record's headers say of its shipper
     * @param doorMillis the time that the door noted, or {@link RawLine#NO_TIME}
     * @param recordMillis the record's own time, for lines of which nothing better is known
     */
    public void unwrap(
            byte @Nullable [] value, ShipperLabels labels, long doorMillis, long recordMillis, UnwrapSink sink) {
        if (value == null) {
            sink.dropped(Drop.TOMBSTONE);
            return;
        }
        try {
            record(value, Context.of(labels));
            if (pieces.tooMany()) {
                pieces.backTo(0);
                tooLarge(value, "more than " + Pieces.MOST + " lines in one record");
            }
            tell(sink, doorMillis, recordMillis);
        } finally {
            pieces.clear();
            arena.reset();
        }
    }

    private void record(byte[] value, Context context) {
        if (value.length > settings.maxRecordBytes()) {
            tooLarge(value, value.length + " bytes, limit " + settings.maxRecordBytes());
            return;
        }
        @Nullable ExportLogsServiceRequest request = OtlpLogs.parse(value);
        if (request != null) {
            otlpLogs.walk(request, context, this::otlpEntry);
            return;
        }
        @Nullable Rejection reason = binary.reject(value);
        if (reason != null) {
            pieces.add(value, 0, value.length, context)
                    .asRejected(
                            reason,
                            reason == Rejection.COMPRESSED
                                    ? "the value is compressed; let the producer compress, not the message"
                                    : "the value is binary; " + Binary.HINT);
            return;
        }
        text(value, 0, value.length, context);
    }

    private void tooLarge(byte[] value, String detail) {
        pieces.add(value, 0, value.length, Context.NONE).asRejected(Rejection.RECORD_TOO_LARGE, detail);
    }

    /** A text of any shape, as the record itself is one, or what a string or a CRI line holds. */
    private void text(byte[] buffer, int from, int to, Context context) {
        Text text = clean(buffer, from, to);
        if (isSettled(text, context)) {
            return;
        }
        Context told = context.replacedIf(text.replaced());
        int first = text.visible();
        boolean understood = switch (text.buffer()[first]) {
            case '{' -> objects(text.buffer(), first, text.to(), told);
            case '[' -> array(text, first, told);
            case '"' -> string(text, first, told);
            default -> false;
        };
        if (!understood) {
            lines(text, told);
        }
    }

    /** The text step: holes and line ends off, malformed bytes replaced, noise noticed. */
    private Text clean(byte[] buffer, int from, int to) {
        Text text = Text.trimmed(buffer, from, to);
        utf8.check(buffer, text.from(), text.to());
        if (utf8.isBinary()) {
            return new Text(buffer, from, to, false, true);
        }
        if (utf8.malformed() == 0) {
            return text;
        }
        byte[] target = arena.room(3 * (text.to() - text.from()));
        int start = arena.used();
        int end = Utf8.repair(buffer, text.from(), text.to(), target, start);
        arena.keep(end);
        return new Text(target, start, end, true, false);
    }

    /** Whether nothing more is to be done about a text: it is blank or noise. */
    private boolean isSettled(Text text, Context context) {
        if (text.isBlank()) {
            pieces.add(text.buffer(), text.from(), text.to(), context).asDropped(Drop.EMPTY);
        } else if (text.binary()) {
            pieces.add(text.buffer(), text.from(), text.to(), context)
                    .asRejected(Rejection.BINARY, "over a quarter of it is no text; " + Binary.HINT);
        }
        return text.isBlank() || text.binary();
    }

    /** Objects and nothing else, one after the other, with or without space between them. */
    private boolean objects(byte[] buffer, int from, int to, Context context) {
        int before = pieces.size();
        JsonScan scan = scans[context.level()];
        int at = from;
        while (at < to) {
            if (buffer[at] != '{' || scan.scan(buffer, at, to) == Outcome.MALFORMED) {
                pieces.backTo(before);
                return false;
            }
            at = Text.pastSpace(buffer, scan.end(), to);
            object(scan, context);
        }
        return true;
    }

    /** A whole array: of objects only, it holds lines; any other one is a line of text. */
    private boolean array(Text text, int from, Context context) {
        int before = pieces.size();
        JsonScan scan = scans[context.level()];
        JsonElements elements = new JsonElements(scan, text.buffer(), from, text.to());
        boolean objectsOnly = true;
        while (elements.next()) {
            objectsOnly &= scan.kind() == JsonKind.OBJECT;
            if (objectsOnly) {
                object(scan, context);
            }
        }
        boolean whole = elements.wellFormed() && Text.pastSpace(text.buffer(), elements.end(), text.to()) == text.to();
        if (whole && objectsOnly && pieces.size() > before) {
            return true;
        }
        pieces.backTo(before);
        if (whole) {
            textLine(text.buffer(), text.from(), text.to(), context);
        }
        return whole;
    }

    /** A whole JSON string: its text is looked at as if it had come by itself. */
    private boolean string(Text text, int from, Context context) {
        JsonScan scan = scans[context.level()];
        if (scan.scan(text.buffer(), from, text.to()) == Outcome.MALFORMED
                || Text.pastSpace(text.buffer(), scan.end(), text.to()) < text.to()) {
            return false;
        }
        string(scan, context);
        return true;
    }

    private void string(JsonScan scan, Context context) {
        int from = scan.start() + 1;
        int to = scan.end() - 1;
        if (!scan.escaped()) {
            text(scan.buffer(), from, to, context);
            return;
        }
        byte[] target = arena.room(to - from);
        int start = arena.used();
        int end = JsonText.unescape(scan.buffer(), from, to, target, start);
        arena.keep(end < 0 ? ~end : end);
        text(target, start, arena.used(), context.replacedIf(end < 0));
    }

    /** Physical lines: JSON objects and CRI lines by themselves, what is between them together. */
    private void lines(Text text, Context context) {
        byte[] buffer = text.buffer();
        int before = pieces.size();
        boolean any = false;
        int others = text.from();
        int next;
        for (int from = text.from(); from < text.to(); from = next) {
            int to = from;
            while (to < text.to() && buffer[to] != '\n') {
                to++;
            }
            next = Math.min(to + 1, text.to());
            int mark = pieces.size();
            if (isLine(buffer, from, to, context)) {
                if (others < from) {
                    others(buffer, others, from, context);
                    pieces.moveLastTo(mark);
                }
                any = true;
                others = next;
            }
        }
        if (!any) {
            pieces.backTo(before);
            textLine(buffer, text.from(), text.to(), context);
        } else if (others < text.to()) {
            others(buffer, others, text.to(), context);
        }
    }

    private boolean isLine(byte[] buffer, int from, int to, Context context) {
        int first = Text.pastSpace(buffer, from, to);
        if (first < to && buffer[first] == '{') {
            return objects(buffer, first, to, context);
        }
        @Nullable CriLine cri = CriLine.at(buffer, first, to);
        if (cri == null) {
            return false;
        }
        cri(cri, buffer, first, to, context);
        return true;
    }

    private void others(byte[] buffer, int from, int to, Context context) {
        Text text = Text.trimmed(buffer, from, to);
        if (!isSettled(text, context)) {
            textLine(buffer, text.from(), text.to(), context);
        }
    }

    private void cri(CriLine cri, byte[] buffer, int from, int to, Context context) {
        if (context.level() == MAX_LEVELS) {
            textLine(buffer, from, to, context).nestedIf(true);
            return;
        }
        Context told = context.told(context.labels(), cri.atMillis(), Shape.CRI).partialIf(cri.partial());
        text(buffer, cri.text(), to, told.deeper());
    }

    /** An object is a line, or a wrapper with a line in it. */
    private void object(JsonScan scan, Context context) {
        if (scan.tooDeep()) {
            tooDeep(scan.buffer(), scan.start(), scan.end(), context);
        } else if (!otlp(scan, context) && !streams(scan, context)) {
            if (Envelope.isMarked(scan)) {
                envelope(scan, context);
            } else {
                jsonLine(scan, context);
            }
        }
    }

    private boolean otlp(JsonScan scan, Context context) {
        if (context.level() == MAX_LEVELS || scan.find(RESOURCE_LOGS, JsonKind.ARRAY) < 0) {
            return false;
        }
        @Nullable ExportLogsServiceRequest request = OtlpJson.parse(scan.buffer(), scan.start(), scan.end());
        if (request == null || !OtlpLogs.hasRecords(request)) {
            return false;
        }
        otlpLogs.walk(request, context, this::otlpEntry);
        return true;
    }

    private void otlpEntry(byte[] body, boolean object, Context context) {
        if (object) {
            JsonScan scan = scans[context.level()];
            scan.scan(body, 0, body.length);
            object(scan, context);
        } else if (context.extras().attributes() != null
                && Text.trimmed(body, 0, body.length).isBlank()) {
            // All that the record says may be in its attributes.
            textLine(body, 0, 0, context);
        } else {
            text(body, 0, body.length, context);
        }
    }

    private boolean streams(JsonScan scan, Context context) {
        int before = pieces.size();
        if (context.level() == MAX_LEVELS || !lokiStreams.walk(scan, context, this::string)) {
            pieces.backTo(before);
            return false;
        }
        if (pieces.size() == before) {
            pieces.add(scan.buffer(), scan.start(), scan.end(), context).asDropped(Drop.EMPTY);
        }
        return true;
    }

    private void envelope(JsonScan scan, Context context) {
        @Nullable Text payload = payload(scan);
        long millis = LineTime.envelope(scan);
        Shape shape = Envelope.shape(scan);
        if (payload != null && opens(payload, context.level() + 1)) {
            Context told = context.told(EnvelopeLabels.of(scan, false, context.labels()), millis, shape);
            if (context.level() == MAX_LEVELS) {
                jsonLine(scan, told).nestedIf(true);
            } else {
                open(payload, told.replacedIf(payload.replaced()).deeper());
            }
            return;
        }
        boolean isLine = Envelope.isItselfALine(scan);
        Context told = context.told(EnvelopeLabels.of(scan, isLine, context.labels()), millis, shape);
        if (isLine || payload == null) {
            jsonLine(scan, told);
        } else if (!isSettled(payload, told)) {
            textLine(payload.buffer(), payload.from(), payload.to(), told.replacedIf(payload.replaced()));
        }
    }

    private @Nullable Text payload(JsonScan envelope) {
        @Nullable JsonScan hit = Envelope.payload(envelope);
        if (hit == null) {
            return null;
        }
        int i = hit.found();
        int from = hit.valueFrom(i) + 1;
        int to = hit.valueTo(i) - 1;
        if (hit.kind(i) == JsonKind.STRING && !hit.escaped(i)) {
            return clean(hit.buffer(), from, to);
        }
        byte[] target = arena.room(to - from);
        int start = arena.used();
        int end = hit.kind(i) == JsonKind.STRING
                ? JsonText.unescape(hit.buffer(), from, to, target, start)
                : start + Envelope.bytes(hit, target, start);
        arena.keep(end < 0 ? ~end : end);
        Text text = clean(target, start, arena.used());
        return end < 0 ? new Text(text.buffer(), text.from(), text.to(), true, text.binary()) : text;
    }

    /** Whether a payload is something to go on with: an object, which its level's scan then holds, or a CRI line. */
    private boolean opens(Text payload, int level) {
        int first = payload.visible();
        if (payload.binary() || first == payload.to()) {
            return false;
        }
        if (payload.buffer()[first] == '{') {
            JsonScan scan = scans[level];
            return scan.scan(payload.buffer(), first, payload.to()) != Outcome.MALFORMED
                    && Text.pastSpace(payload.buffer(), scan.end(), payload.to()) == payload.to();
        }
        return CriLine.at(payload.buffer(), first, payload.to()) != null;
    }

    private void open(Text payload, Context context) {
        if (payload.buffer()[payload.visible()] == '{') {
            object(scans[context.level()], context);
        } else {
            lines(payload, context);
        }
    }

    private RawLine textLine(byte[] buffer, int from, int to, Context context) {
        if (!context.extras().madeMembers()) {
            return pieces.add(buffer, from, to, context);
        }
        byte[] object = otlpLogs.asObject(buffer, from, to, context.extras());
        secondScan.scan(object, 0, object.length);
        if (secondScan.tooDeep()) {
            return tooDeep(object, 0, object.length, context);
        }
        return jsonLine(secondScan, context.with(Extras.NONE));
    }

    private RawLine tooDeep(byte[] buffer, int from, int to, Context context) {
        return pieces.add(buffer, from, to, context)
                .asRejected(Rejection.TOO_DEEP, "nested deeper than " + settings.maxDepth() + " levels");
    }

    private RawLine jsonLine(JsonScan scan, Context context) {
        return pieces.add(scan.buffer(), scan.start(), scan.end(), context).asJson(scan);
    }

    private void tell(UnwrapSink sink, long doorMillis, long recordMillis) {
        int index = pieces.numbered() > 1 ? 0 : -1;
        for (int i = 0; i < pieces.size(); i++) {
            RawLine piece = pieces.get(i);
            @Nullable Drop drop = piece.drop();
            if (drop != null) {
                sink.dropped(drop);
                continue;
            }
            int length = piece.to() - piece.from();
            @Nullable Rejection rejection = piece.rejection();
            if (rejection != null) {
                sink.rejected(index, rejection, piece.detail(), piece.buffer(), piece.from(), piece.to());
            } else if (length > settings.maxLineBytes()) {
                sink.rejected(
                        index,
                        Rejection.LINE_TOO_LARGE,
                        length + " bytes, limit " + settings.maxLineBytes(),
                        piece.buffer(),
                        piece.from(),
                        piece.to());
            } else {
                tell(sink, piece, index, doorMillis, recordMillis);
            }
            index += index < 0 ? 0 : 1;
        }
    }

    private void tell(UnwrapSink sink, RawLine line, int index, long doorMillis, long recordMillis) {
        @Nullable JsonScan scan = line.scan();
        long own = LineTime.NONE;
        if (scan != null) {
            if (!scan.holds(line.buffer(), line.from())) {
                scan = secondScan;
                scan.scan(line.buffer(), line.from(), line.to());
                line.asJson(scan);
            }
            own = LineTime.own(scan);
        }
        if (own != LineTime.NONE) {
            line.at(index, own, TimeSource.OWN);
        } else if (line.context().envelopeMillis() != LineTime.NONE) {
            line.at(index, line.context().envelopeMillis(), TimeSource.ENVELOPE);
        } else if (doorMillis != LineTime.NONE) {
            line.at(index, doorMillis, TimeSource.DOOR);
        } else {
            line.at(index, recordMillis, TimeSource.ARRIVAL);
        }
        sink.line(line);
    }
}
