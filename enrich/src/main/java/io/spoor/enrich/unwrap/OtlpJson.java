package io.spoor.enrich.unwrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP request for logs in its JSON form, which is not quite protobuf's: ids are hexadecimal, enums are numbers only,
 * names are lowerCamelCase only. Integers of 64 bits come as strings or numbers, {@code null} is as if left out, unknown
 * members are skipped. Source: opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding".
 */
final class OtlpJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OtlpJson() {}

    /** Null when the object has some other form. */
    static @Nullable ExportLogsServiceRequest parse(byte[] buffer, int from, int to) {
        try {
            return ExportLogsServiceRequest.newBuilder()
                    .addAllResourceLogs(
                            list(JSON.readTree(buffer, from, to - from), "resourceLogs", OtlpJson::resource))
                    .build();
        } catch (IOException | WrongForm | NumberFormatException e) {
            return null;
        }
    }

    /** Something is not what the protocol says, such as an object where a list should be. */
    private static final class WrongForm extends RuntimeException {
        WrongForm() {
            super("not OTLP", null, false, false);
        }
    }

    private static ResourceLogs resource(JsonNode node) {
        ResourceLogs.Builder logs = ResourceLogs.newBuilder();
        logs.getResourceBuilder().addAllAttributes(list(node.path("resource"), "attributes", OtlpJson::attribute));
        return logs.addAllScopeLogs(list(node, "scopeLogs", OtlpJson::scope)).build();
    }

    private static ScopeLogs scope(JsonNode node) {
        return ScopeLogs.newBuilder()
                .addAllLogRecords(list(node, "logRecords", OtlpJson::record))
                .build();
    }

    private static LogRecord record(JsonNode node) {
        LogRecord.Builder record = LogRecord.newBuilder()
                .setTimeUnixNano(unsigned(node.path("timeUnixNano")))
                .setObservedTimeUnixNano(unsigned(node.path("observedTimeUnixNano")))
                .setSeverityNumberValue(node.path("severityNumber").asInt())
                .setSeverityText(text(node.path("severityText")))
                .setEventName(text(node.path("eventName")))
                .setTraceId(id(node.path("traceId")))
                .setSpanId(id(node.path("spanId")))
                .addAllAttributes(list(node, "attributes", OtlpJson::attribute));
        if (node.hasNonNull("body")) {
            record.setBody(value(node.get("body")));
        }
        return record.build();
    }

    private static KeyValue attribute(JsonNode node) {
        KeyValue.Builder attribute = KeyValue.newBuilder().setKey(text(node.path("key")));
        if (node.hasNonNull("value")) {
            attribute.setValue(value(node.get("value")));
        }
        return attribute.build();
    }

    private static AnyValue value(JsonNode node) {
        AnyValue.Builder value = AnyValue.newBuilder();
        if (node.hasNonNull("stringValue")) {
            value.setStringValue(text(node.get("stringValue")));
        } else if (node.hasNonNull("boolValue")) {
            value.setBoolValue(node.get("boolValue").asBoolean());
        } else if (node.hasNonNull("intValue")) {
            value.setIntValue(Long.parseLong(node.get("intValue").asText()));
        } else if (node.hasNonNull("doubleValue")) {
            value.setDoubleValue(Double.parseDouble(node.get("doubleValue").asText()));
        } else if (node.hasNonNull("arrayValue")) {
            value.setArrayValue(
                    ArrayValue.newBuilder().addAllValues(list(node.get("arrayValue"), "values", OtlpJson::value)));
        } else if (node.hasNonNull("kvlistValue")) {
            value.setKvlistValue(KeyValueList.newBuilder()
                    .addAllValues(list(node.get("kvlistValue"), "values", OtlpJson::attribute)));
        } else if (node.hasNonNull("bytesValue")) {
            value.setBytesValue(base64(node.get("bytesValue")));
        }
        return value.build();
    }

    private static <T> List<T> list(JsonNode parent, String name, Function<JsonNode, T> read) {
        JsonNode list = parent.path(name);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            throw new WrongForm();
        }
        List<T> all = new ArrayList<>(list.size());
        for (JsonNode node : list) {
            if (!node.isObject()) {
                throw new WrongForm();
            }
            all.add(read.apply(node));
        }
        return all;
    }

    private static String text(JsonNode node) {
        if (!node.isTextual() && !node.isMissingNode() && !node.isNull()) {
            throw new WrongForm();
        }
        return whole(node.asText(""));
    }

    /** Half surrogate pairs, which no UTF-8 can hold, replaced. */
    private static String whole(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder whole = new StringBuilder();
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static long unsigned(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? 0 : Long.parseUnsignedLong(node.asText());
    }

    /** An id that is none is left out; the line is worth more than its id. */
    private static ByteString id(JsonNode node) {
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(node.asText("")));
        } catch (IllegalArgumentException e) {
            return ByteString.EMPTY;
        }
    }

    private static ByteString base64(JsonNode node) {
        try {
            return ByteString.copyFrom(node.binaryValue());
        } catch (IOException e) {
            throw new WrongForm();
        }
    }
}
