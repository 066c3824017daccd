package io.spoor.enrich.unwrap;

import io.spoor.enrich.json.JsonKind;
import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonPath;
import io.spoor.enrich.json.JsonScan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether an object is a shipper's wrapper, whose, and where in it the line is. */
final class Envelope {
    private static final JsonName AT_TIMESTAMP = JsonName.of("@timestamp");
    private static final JsonName METADATA = JsonName.of("@metadata");
    private static final JsonName VERSION = JsonName.of("@version");
    private static final JsonName SOURCE_TYPE = JsonName.of("source_type");
    private static final JsonName KUBERNETES = JsonName.of("kubernetes");
    private static final JsonName LOGTAG = JsonName.of("logtag");
    private static final JsonName LOG = JsonName.of("log");
    private static final JsonName MESSAGE = JsonName.of("message");
    private static final JsonName LEVEL = JsonName.of("level");
    private static final JsonName DATE = JsonName.of("date");
    private static final JsonName STREAM = JsonName.of("stream");
    private static final JsonName TIME = JsonName.of("time");
    private static final JsonName JOURNAL_MESSAGE = JsonName.of("MESSAGE");
    private static final List<JsonName> JOURNAL = List.of(
            JsonName.of("__REALTIME_TIMESTAMP"),
            JsonName.of("_SYSTEMD_UNIT"),
            JsonName.of("_BOOT_ID"),
            JsonName.of("_HOSTNAME"));

    private static final List<JsonPath> PAYLOADS = List.of(
            JsonPath.of("log"),
            JsonPath.of("message"),
            JsonPath.of("MESSAGE"),
            JsonPath.of("event", "original"),
            JsonPath.of("line"),
            JsonPath.of("body"));
    private static final List<JsonPath> OWN = List.of(
            JsonPath.of("level"),
            JsonPath.of("severity"),
            JsonPath.of("log", "level"),
            JsonPath.of("lvl"),
            JsonPath.of("requestId"),
            JsonPath.of("runId"),
            JsonPath.of("jobId"));

    private Envelope() {}

    static boolean isMarked(JsonScan object) {
        return object.has(AT_TIMESTAMP)
                || object.has(METADATA)
                || object.has(VERSION)
                || object.has(SOURCE_TYPE)
                || object.find(KUBERNETES, JsonKind.OBJECT) >= 0
                || object.has(LOGTAG)
                || isJournal(object)
                || (isString(object, LOG) && !object.has(LEVEL))
                || (object.find(DATE, JsonKind.NUMBER) >= 0 && (isString(object, LOG) || isString(object, MESSAGE)));
    }

    /** Whose wrapper a marked object is. */
    static Shape shape(JsonScan envelope) {
        if (envelope.has(SOURCE_TYPE)) {
            return Shape.VECTOR;
        }
        if (envelope.has(METADATA)) {
            return Shape.FILEBEAT;
        }
        if (envelope.has(VERSION)) {
            return Shape.LOGSTASH;
        }
        if (isJournal(envelope)) {
            return Shape.JOURNALD;
        }
        boolean fluent = envelope.has(LOGTAG)
                || envelope.has(KUBERNETES)
                || envelope.find(DATE, JsonKind.NUMBER) >= 0
                || (envelope.has(AT_TIMESTAMP) && isString(envelope, LOG));
        if (fluent) {
            return Shape.FLUENT_BIT;
        }
        if (envelope.has(AT_TIMESTAMP)) {
            return Shape.ECS;
        }
        return isString(envelope, STREAM) && isString(envelope, TIME) ? Shape.DOCKER : Shape.FLUENT_BIT;
    }

    /** The scan whose found member is the wrapped line; null when there is none. */
    static @Nullable JsonScan payload(JsonScan envelope) {
        for (JsonPath path : PAYLOADS) {
            @Nullable JsonScan hit = envelope.seek(path);
            if (hit != null && hit.kind(hit.found()) == JsonKind.STRING) {
                return hit;
            }
            if (hit != null && hit.find(JOURNAL_MESSAGE) == hit.found() && bytes(hit, null, 0) >= 0) {
                return hit;
            }
        }
        return null;
    }

    /**
     * Reads the journal's way to write a message that is no plain text: an array with the number of each byte. With a
     * target, writes the bytes to it.
     *
     * @return how many bytes they are; -1 when the found member is anything else
     */
    static int bytes(JsonScan hit, byte @Nullable [] target, int at) {
        int i = hit.found();
        if (hit.kind(i) != JsonKind.ARRAY) {
            return -1;
        }
        byte[] buffer = hit.buffer();
        int length = 0;
        int number = -1;
        // The scan has found the array well formed: between the brackets, only what is no number needs a look.
        for (int b = hit.valueFrom(i) + 1; b < hit.valueTo(i); b++) {
            byte c = buffer[b];
            if (c >= '0' && c <= '9') {
                number = Math.max(number, 0) * 10 + c - '0';
                if (number > 255) {
                    return -1;
                }
            } else if (c == ',' || c == ']') {
                if (number >= 0) {
                    if (target != null) {
                        target[at + length] = (byte) number;
                    }
                    length++;
                }
                number = -1;
            } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return -1;
            }
        }
        return length;
    }

    /** Whether the object has a level or an id of its own: then the shipper had parsed the line into it. */
    static boolean isItselfALine(JsonScan envelope) {
        for (JsonPath path : OWN) {
            @Nullable JsonScan hit = envelope.seek(path);
            if (hit != null && hit.kind(hit.found()) != JsonKind.NULL) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJournal(JsonScan object) {
        for (JsonName name : JOURNAL) {
            if (object.has(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isString(JsonScan object, JsonName name) {
        return object.find(name, JsonKind.STRING) >= 0;
    }
}
