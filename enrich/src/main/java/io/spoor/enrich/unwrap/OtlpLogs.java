package io.spoor.enrich.unwrap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.spoor.enrich.json.JsonScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Log records as OpenTelemetry sends them: many in one request, each with attributes of its own and of its resource.
 *
 * <p>The resource's attributes give the shipper's labels. So do a record's own ones that a Loki receiver made of Loki's
 * labels and lists in {@code loki.attribute.labels}. All other attributes of the record, its severity and its ids are
 * {@link Extras}.
 */
final class OtlpLogs {
    /** Is told of each record's body: JSON when it is an object, else text. */
    interface Entries {
        void entry(byte[] body, boolean object, Context context);
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final String LOKI_LABELS = "loki.attribute.labels";

    /** Of {@code ResourceLogs}: what older senders used, reserved since. */
    private static final Set<Integer> RESERVED = Set.of(1000);

    private final int maxDepth;

    OtlpLogs(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /**
     * The request in the bytes; null when they are anything else. A line feed is how both a request and a text may begin,
     * so nothing is forgiven: every byte used, no field that the protocol does not have, at least one log record.
     */
    static @Nullable ExportLogsServiceRequest parse(byte[] value) {
        if (value.length == 0 || value[0] != '\n') {
            return null;
        }
        ExportLogsServiceRequest request;
        try {
            request = ExportLogsServiceRequest.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
        boolean known = request.getUnknownFields().asMap().isEmpty();
        for (ResourceLogs logs : request.getResourceLogsList()) {
            known &= RESERVED.containsAll(logs.getUnknownFields().asMap().keySet());
        }
        return known && hasRecords(request) ? request : null;
    }

    static boolean hasRecords(ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream()
                .flatMap(logs -> logs.getScopeLogsList().stream())
                .anyMatch(scope -> scope.getLogRecordsCount() > 0);
    }

    void walk(ExportLogsServiceRequest request, Context outer, Entries entries) {
        for (ResourceLogs logs : request.getResourceLogsList()) {
            List<KeyValue> attributes = logs.getResource().getAttributesList();
            ShipperLabels labels = outer.labels()
                    .or(new ShipperLabels(
                            label(attributes, "deployment.environment.name", "deployment.environment"),
                            label(attributes, "host.name", "k8s.node.name"),
                            label(attributes, "service.name"),
                            label(attributes, "service.instance.id", "k8s.pod.name")));
            for (ScopeLogs scope : logs.getScopeLogsList()) {
                for (LogRecord record : scope.getLogRecordsList()) {
                    record(record, labels, outer, entries);
                }
            }
        }
    }

    private void record(LogRecord record, ShipperLabels resourceLabels, Context outer, Entries entries) {
        Set<String> lokiLabels = Set.of();
        for (KeyValue attribute : record.getAttributesList()) {
            if (attribute.getKey().equals(LOKI_LABELS)) {
                lokiLabels = Set.copyOf(
                        Arrays.asList(attribute.getValue().getStringValue().split("\\s*,\\s*", -1)));
            }
        }
        Set<String> isLabel = lokiLabels;
        ShipperLabels labels = resourceLabels;
        if (!isLabel.isEmpty()) {
            byte[] object = object(record.getAttributesList().stream()
                    .filter(attribute -> isLabel.contains(attribute.getKey()))
                    .toList());
            JsonScan scan = new JsonScan(maxDepth);
            scan.scan(object, 0, object.length);
            labels = EnvelopeLabels.of(scan, false, labels);
        }
        List<KeyValue> others = record.getAttributesList().stream()
                .filter(attribute -> !attribute.getKey().equals(LOKI_LABELS) && !isLabel.contains(attribute.getKey()))
                .toList();
        Extras extras = new Extras(
                level(record),
                hex(record.getTraceId(), 16),
                hex(record.getSpanId(), 8),
                others.isEmpty() ? null : object(others),
                true);
        Context context =
                outer.told(labels, millis(record), Shape.OTLP).with(extras).deeper();
        AnyValue body = record.getBody();
        switch (body.getValueCase()) {
            case STRING_VALUE -> entries.entry(body.getStringValueBytes().toByteArray(), false, context);
            case BYTES_VALUE -> entries.entry(body.getBytesValue().toByteArray(), false, context);
            case KVLIST_VALUE -> entries.entry(object(body.getKvlistValue().getValuesList()), true, context);
            case VALUE_NOT_SET -> entries.entry(record.getEventName().getBytes(StandardCharsets.UTF_8), false, context);
            default -> entries.entry(json(json -> write(body, json)), false, context);
        }
    }

    private static long millis(LogRecord record) {
        long nanos = record.getTimeUnixNano() != 0 ? record.getTimeUnixNano() : record.getObservedTimeUnixNano();
        return nanos > 0 ? nanos / 1_000_000 : LineTime.NONE;
    }

    private static @Nullable String level(LogRecord record) {
        int severity = record.getSeverityNumberValue();
        if (severity < 1 || severity > 24) {
            return record.getSeverityText().isEmpty() ? null : record.getSeverityText();
        }
        return severity < 5
                ? "trace"
                : severity < 9 ? "debug" : severity < 13 ? "info" : severity < 17 ? "warn" : "error";
    }

    /** Null for an id of another length, or of zeros only, which the protocol calls invalid. */
    private static @Nullable String hex(ByteString id, int length) {
        boolean set = false;
        for (int i = 0; i < id.size(); i++) {
            set |= id.byteAt(i) != 0;
        }
        return set && id.size() == length ? HexFormat.of().formatHex(id.toByteArray()) : null;
    }

    private static @Nullable String label(List<KeyValue> attributes, String... keys) {
        for (String key : keys) {
            for (KeyValue attribute : attributes) {
                @Nullable
                String label = attribute.getKey().equals(key)
                        ? ShipperLabels.label(attribute.getValue().getStringValue())
                        : null;
                if (label != null) {
                    return label;
                }
            }
        }
        return null;
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static byte[] object(List<KeyValue> members) {
        return json(json -> write(members, json));
    }

    private static byte[] json(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(List<KeyValue> members, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (KeyValue member : members) {
            json.writeFieldName(member.getKey());
            write(member.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void write(AnyValue value, JsonGenerator json) throws IOException {
        switch (value.getValueCase()) {
            case STRING_VALUE -> json.writeString(value.getStringValue());
            case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
            case INT_VALUE -> json.writeNumber(value.getIntValue());
            case DOUBLE_VALUE -> json.writeNumber(value.getDoubleValue());
            case BYTES_VALUE -> json.writeBinary(value.getBytesValue().toByteArray());
            case KVLIST_VALUE -> write(value.getKvlistValue().getValuesList(), json);
            case ARRAY_VALUE -> {
                json.writeStartArray();
                for (AnyValue element : value.getArrayValue().getValuesList()) {
                    write(element, json);
                }
                json.writeEndArray();
            }
            default -> json.writeNull();
        }
    }

    /** A text as an object, with the extras as members; an attribute of the same name as another one is set apart. */
    byte[] asObject(byte[] buffer, int from, int to, Extras extras) {
        return json(json -> {
            json.writeStartObject();
            json.writeFieldName("message");
            json.writeUTF8String(buffer, from, to - from);
            member(json, "level", extras.level());
            member(json, "traceId", extras.traceId());
            member(json, "spanId", extras.spanId());
            if (extras.attributes() != null) {
                JsonScan scan = new JsonScan(maxDepth);
                scan.scan(extras.attributes(), 0, extras.attributes().length);
                for (int i = 0; i < scan.size(); i++) {
                    String name = scan.name(i);
                    json.writeFieldName(
                            Set.of("message", "level", "traceId", "spanId").contains(name)
                                    ? "attributes." + name
                                    : name);
                    int valueFrom = scan.valueFrom(i);
                    json.writeRawValue(new String(
                            extras.attributes(), valueFrom, scan.valueTo(i) - valueFrom, StandardCharsets.UTF_8));
                }
            }
            json.writeEndObject();
        });
    }

    private static void member(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
