package io.spoor.ingest.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes generated from the official definitions are the oracle. */
class OtlpRequestTest {
    private static final Map<String, String> HEADERS = Map.of("spoor.via", "otlp");
    private static final LineLimits LIMITS = new LineLimits(100, 4_000);

    @Test
    void parts_are_requests_that_hold_every_record_with_its_resource_and_scope_in_order() throws Exception {
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(logs("a", "s1", "s2"))
                .addResourceLogs(logs("b", "s3"))
                .build();
        Shipment shipment = protobuf(request.toByteArray());
        assertThat(shipment.count()).isEqualTo(60);
        assertThat(shipment.lines()).hasSizeBetween(4, 12).allMatch(line -> line.length() <= 4_000);
        List<String> seen = new ArrayList<>();
        for (Line part : shipment.lines()) {
            seen.addAll(flat(ExportLogsServiceRequest.parseFrom(part.bytes())));
        }
        assertThat(seen).isEqualTo(flat(request));
    }

    @Test
    void parts_in_json_hold_the_same() throws Exception {
        String record =
                "{\"timeUnixNano\":\"1\",\"severityNumber\":9,\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"k\","
                        + "\"value\":{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"},{\"intValue\":2},{\"doubleValue\":1.5},"
                        + "{\"boolValue\":true},{\"bytesValue\":\"AAE=\"},{\"stringValue\":\"é}\"},{}]}}}]}},\"more\":[{}]}";
        String body = " {\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + record
                + ("," + record).repeat(29) + "],\"scope\":{\"name\":\"s\"}},{\"scope\":null}],"
                + "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"o\"}}]},\"x\":[[]]}]}\n";
        Shipment shipment = OtlpRequest.json(body.getBytes(UTF_8), HEADERS, LIMITS);
        assertThat(shipment.count()).isEqualTo(30);
        assertThat(shipment.lines()).hasSizeBetween(3, 6).allMatch(line -> line.length() <= 4_000);
        int records = 0;
        ObjectMapper json = new ObjectMapper();
        for (Line part : shipment.lines()) {
            JsonNode logs = json.readTree(part.bytes()).path("resourceLogs").path(0);
            assertThat(logs.at("/resource/attributes/0/value/stringValue").asText())
                    .isEqualTo("o");
            assertThat(logs.at("/scopeLogs/0/scope/name").asText()).isEqualTo("s");
            for (JsonNode each : logs.at("/scopeLogs/0/logRecords")) {
                assertThat(each).isEqualTo(json.readTree(record));
                records++;
            }
        }
        assertThat(records).isEqualTo(30);
    }

    @Test
    void a_record_that_is_too_large_is_refused_and_the_others_are_taken() throws Exception {
        ExportLogsServiceRequest request = request(record("a"), record("x".repeat(5_000)), record("b"));
        Shipment shipment = protobuf(request.toByteArray());
        assertThat(shipment.count()).isEqualTo(2);
        assertThat(shipment.refused()).hasSize(1);
        assertThat(shipment.refused().get(0).line().number()).isEqualTo(2);
        assertThat(shipment.refused().get(0).reason()).isEqualTo("line_too_large");
    }

    @Test
    void a_resource_that_would_fill_every_part_is_refused_with_its_records() throws Exception {
        ResourceLogs large = logs("r".repeat(600), "s");
        Shipment shipment = protobuf(ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(large)
                .build()
                .toByteArray());
        assertThat(shipment.count()).isZero();
        assertThat(shipment.refused()).hasSize(20);
    }

    @Test
    void records_that_no_parser_would_take_are_refused_alone() throws Exception {
        LogRecord broken = LogRecord.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                3,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(new byte[] {(byte) 0xe9}))
                                        .build())
                        .build())
                .build();
        AnyValue deep = AnyValue.getDefaultInstance();
        for (int i = 0; i < 60; i++) {
            deep = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(deep))
                    .build();
        }
        Shipment shipment = protobuf(request(
                        record("a"),
                        broken,
                        LogRecord.newBuilder().setBody(deep).build(),
                        record("b"))
                .toByteArray());
        assertThat(shipment.count()).isEqualTo(2);
        assertThat(shipment.refused())
                .extracting(RefusedLine::reason)
                .containsExactly(RefusedLine.INVALID_UTF8, RefusedLine.TOO_DEEP);
    }

    @Test
    void too_many_records_are_too_many() {
        LogRecord[] many = new LogRecord[101];
        Arrays.fill(many, record("a"));
        assertThatThrownBy(() -> protobuf(request(many).toByteArray())).isInstanceOf(TooManyLines.class);
    }

    @Test
    void a_request_without_records_is_fine() throws Exception {
        assertThat(protobuf(new byte[0]).lines()).isEmpty();
        assertThat(protobuf(new byte[] {10, 0}).lines()).isEmpty();
        assertThat(json("{}").lines()).isEmpty();
        assertThat(json("{\"resourceLogs\":null}").lines()).isEmpty();
        assertThat(json("{\"resourceLogs\":[{\"scopeLogs\":[{}]}],\"resource_logs\":1}")
                        .lines())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} x",
                "\ufeff{}",
                "{\u0000",
                "{\"resourceLogs\":{}}",
                "{\"resourceLogs\":[null]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[1]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":\"x\"}]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"intValue\":\"1.5\"}}]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"bytesValue\":\"?\"}}]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"-1\"}]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":5}]}]}]}",
            })
    void json_of_another_shape_is_refused_as_a_whole(String body) {
        assertThatThrownBy(() -> json(body)).isInstanceOf(MalformedBody.class).hasMessageStartingWith("Byte ");
    }

    @Test
    void protobuf_cut_anywhere_is_refused_or_a_shorter_request() throws Exception {
        byte[] whole = request(record("abc"), record("def")).toByteArray();
        int malformed = 0;
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                protobuf(cut);
            } catch (MalformedBody e) {
                malformed++;
                assertThatThrownBy(() -> ExportLogsServiceRequest.parseFrom(cut))
                        .isInstanceOf(com.google.protobuf.InvalidProtocolBufferException.class);
            }
        }
        assertThat(malformed).isEqualTo(whole.length - 1);
    }

    private static List<String> flat(ExportLogsServiceRequest request) {
        List<String> flat = new ArrayList<>();
        for (ResourceLogs logs : request.getResourceLogsList()) {
            for (ScopeLogs scope : logs.getScopeLogsList()) {
                scope.getLogRecordsList()
                        .forEach(record -> flat.add(logs.getResource()
                                + logs.getSchemaUrl()
                                + scope.getScope()
                                + scope.getSchemaUrl()
                                + record));
            }
        }
        return flat;
    }

    private static ResourceLogs logs(String resource, String... scopes) {
        ResourceLogs.Builder logs = ResourceLogs.newBuilder().setSchemaUrl("u");
        for (String scope : scopes) {
            ScopeLogs.Builder scopeLogs = ScopeLogs.newBuilder()
                    .setScope(InstrumentationScope.newBuilder().setName(scope))
                    .setSchemaUrl("v");
            for (int i = 0; i < 20; i++) {
                scopeLogs.addLogRecords(record(scope + i + "x".repeat(200)));
            }
            logs.addScopeLogs(scopeLogs);
        }
        // After the scopes, as the order of fields is nobody's concern.
        return logs.setResource(Resource.newBuilder()
                        .addAttributes(
                                KeyValue.newBuilder().setKey("service.name").setValue(text(resource))))
                .build();
    }

    private static ExportLogsServiceRequest request(LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(Arrays.asList(records))))
                .build();
    }

    private static LogRecord record(String body) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(-1)
                .setSeverityNumberValue(9)
                .setSeverityText("INFO")
                .setBody(text(body))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("k")
                        .setValue(AnyValue.newBuilder()
                                .setKvlistValue(KeyValueList.newBuilder()
                                        .addValues(KeyValue.newBuilder().setKey("é")))))
                .setFlags(1)
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    private static Shipment protobuf(byte[] body) throws MalformedBody, TooManyLines {
        return OtlpRequest.protobuf(body, HEADERS, LIMITS);
    }

    private static Shipment json(String body) throws MalformedBody, TooManyLines {
        return OtlpRequest.json(body.getBytes(UTF_8), HEADERS, LIMITS);
    }
}
