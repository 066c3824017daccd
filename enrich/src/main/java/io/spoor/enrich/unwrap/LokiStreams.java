package io.spoor.enrich.unwrap;

import io.spoor.enrich.json.JsonElements;
import io.spoor.enrich.json.JsonKind;
import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonScan;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * A Loki push request: {@code {"streams":[{"stream":{labels},"values":[["<ns>","<line>",{metadata}?],…]},…]}}. Rare as a
 * record, since Spoor's own Loki door takes such requests apart; so scans are made here as needed.
 */
final class LokiStreams {
    private static final JsonName STREAMS = JsonName.of("streams");
    private static final JsonName STREAM = JsonName.of("stream");
    private static final JsonName VALUES = JsonName.of("values");
    private static final Set<String> LABELS = Set.of("env", "host", "service", "instance");

    /** Is told of each entry: the scan's root is the line's string. */
    interface Entries {
        void entry(JsonScan line, Context context);
    }

    private final int maxDepth;

    LokiStreams(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** Walks the entries; false when the object is something else, even when that shows only after some entries. */
    boolean walk(JsonScan request, Context outer, Entries entries) {
        int i = request.find(STREAMS, JsonKind.ARRAY);
        if (i < 0) {
            return false;
        }
        JsonScan stream = new JsonScan(maxDepth);
        JsonElements streams = new JsonElements(stream, request.buffer(), request.valueFrom(i), request.valueTo(i));
        boolean any = false;
        while (streams.next()) {
            any = true;
            if (!stream(stream, outer, entries)) {
                return false;
            }
        }
        return any;
    }

    private boolean stream(JsonScan stream, Context outer, Entries entries) {
        int labels = stream.find(STREAM, JsonKind.OBJECT);
        int values = stream.find(VALUES, JsonKind.ARRAY);
        if (labels < 0 || values < 0) {
            return false;
        }
        JsonScan labelScan = new JsonScan(maxDepth);
        labelScan.scan(stream.buffer(), stream.valueFrom(labels), stream.valueTo(labels));
        Context context = outer.told(EnvelopeLabels.of(labelScan, false, outer.labels()), LineTime.NONE, Shape.LOKI)
                .deeper();
        JsonScan value = new JsonScan(maxDepth);
        JsonElements walk = new JsonElements(value, stream.buffer(), stream.valueFrom(values), stream.valueTo(values));
        while (walk.next()) {
            if (value.kind() != JsonKind.ARRAY || !entry(value, labelScan, context, entries)) {
                return false;
            }
        }
        return true;
    }

    private boolean entry(JsonScan value, JsonScan labels, Context context, Entries entries) {
        JsonScan time = new JsonScan(maxDepth);
        JsonScan line = new JsonScan(maxDepth);
        JsonElements parts = new JsonElements(time, value.buffer(), value.start(), value.end());
        if (!parts.next() || time.kind() != JsonKind.STRING) {
            return false;
        }
        long millis = LineTime.number(time.buffer(), time.start() + 1, time.end() - 1);
        JsonElements rest = new JsonElements(line, value.buffer(), time.end(), value.end());
        if (!rest.next() || line.kind() != JsonKind.STRING) {
            return false;
        }
        JsonScan metadata = new JsonScan(maxDepth);
        JsonElements last = new JsonElements(metadata, value.buffer(), line.end(), value.end());
        boolean told = last.next() && metadata.kind() == JsonKind.OBJECT;
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        copy(labels, attributes);
        if (told) {
            copy(metadata, attributes);
        }
        Context own = context.told(context.labels(), millis, Shape.LOKI);
        if (attributes.size() > 0) {
            attributes.write('}');
            own = own.with(Extras.of(attributes.toByteArray()));
        }
        entries.entry(line, own);
        return true;
    }

    /** Appends the members that are no shipper's labels, as they are written. */
    private static void copy(JsonScan object, ByteArrayOutputStream target) {
        for (int i = 0; i < object.size(); i++) {
            if (!LABELS.contains(object.name(i))) {
                target.write(target.size() == 0 ? '{' : ',');
                int from = object.nameFrom(i);
                target.write(object.buffer(), from, object.valueTo(i) - from);
            }
        }
    }
}
