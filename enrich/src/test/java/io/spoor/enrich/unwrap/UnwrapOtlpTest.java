package io.spoor.enrich.unwrap;

import static io.spoor.enrich.unwrap.Unwrapped.quoted;
import static io.spoor.enrich.unwrap.Unwrapped.unwrap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnwrapOtlpTest {
    private static final long T = 1773311400000L;
    private static final String TRACE = "5b8efff798038103d269b633813fc60c";
    private static final String SPAN = "eee19b7ec3c1b174";
    private static final String L =
            "{\"level\":\"info\",\"message\":\"hi\",\"timestamp\":\"2026-03-12T10:30:00.000Z\"}";

    private static final String VECTOR_20 = """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orchestrator"}}]},
             "scopeLogs":[{"logRecords":[{"timeUnixNano":"1773311400000000000","severityNumber":9,"severityText":"INFO",
             "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","body":{"stringValue":"{\\"message\\":\\"x\\"}"},
             "attributes":[{"key":"log.file.path","value":{"stringValue":"/var/log/o.log"}},{"key":"n","value":{"intValue":"10"}}]}]}]}]}
            """;

    @Test
    void vector_20_in_json() {
        assertThat(unwrap(VECTOR_20.getBytes(UTF_8)))
                .containsExactly("line <{\"message\":\"x\"}> [service=orchestrator] " + T + " otlp " + extras());
    }

    @Test
    void vector_20_in_protobuf() {
        assertThat(unwrap(request(vector20()).toByteArray()))
                .containsExactly("line <{\"message\":\"x\"}> [service=orchestrator] " + T + " otlp " + extras());
    }

    private static String extras() {
        return "level=info trace=" + TRACE + " span=" + SPAN + " {\"log.file.path\":\"/var/log/o.log\",\"n\":10}";
    }

    @Test
    void a_plain_text_becomes_an_object_with_what_the_record_says_as_members() {
        LogRecord record = vector20().setBody(string("tab\there \"quoted\"")).build();
        assertThat(unwrap(request(record.toBuilder()).toByteArray()))
                .containsExactly("line <{\"message\":\"tab\\there \\\"quoted\\\"\",\"level\":\"info\",\"traceId\":\""
                        + TRACE
                        + "\",\"spanId\":\"" + SPAN
                        + "\",\"log.file.path\":\"/var/log/o.log\",\"n\":10}> [service=orchestrator] " + T + " otlp");
    }

    @Test
    void an_attribute_does_not_hide_what_the_record_itself_says() {
        LogRecord.Builder record = LogRecord.newBuilder()
                .setBody(string("x"))
                .setTimeUnixNano(5_000_000)
                .addAttributes(attribute("message", string("y")))
                .addAttributes(attribute("level", string("z")));
        assertThat(unwrap(request(record).toByteArray()))
                .containsExactly(
                        "line <{\"message\":\"x\",\"attributes.message\":\"y\",\"attributes.level\":\"z\"}> [service=orchestrator] 5 otlp");
    }

    @Test
    void a_map_is_the_line_unless_a_shipper_wrapped_the_line_in_it() {
        AnyValue fields = map(
                attribute("message", string("hi")),
                attribute("n", AnyValue.newBuilder().setIntValue(Long.MAX_VALUE).build()));
        AnyValue fluentBit = map(attribute("log", string(L)));
        assertThat(unwrap(request(
                                LogRecord.newBuilder().setBody(fields).setTimeUnixNano(5_000_000),
                                LogRecord.newBuilder().setBody(fluentBit))
                        .toByteArray()))
                .containsExactly(
                        "0 line <{\"message\":\"hi\",\"n\":9223372036854775807}> [service=orchestrator] 5 otlp",
                        "1 line <" + L + "> [service=orchestrator] " + T + " otlp");
    }

    @Test
    void every_kind_of_body_is_told_as_text() {
        AnyValue number = AnyValue.newBuilder().setDoubleValue(1.5).build();
        AnyValue bytes = AnyValue.newBuilder()
                .setBytesValue(ByteString.copyFromUtf8("raw"))
                .build();
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder()
                        .addValues(number)
                        .addValues(AnyValue.newBuilder().setBoolValue(true))
                        .addValues(bytes)
                        .addValues(AnyValue.getDefaultInstance()))
                .build();
        assertThat(unwrap(request(
                                LogRecord.newBuilder().setBody(number),
                                LogRecord.newBuilder().setBody(bytes),
                                LogRecord.newBuilder().setBody(list),
                                LogRecord.newBuilder().setEventName("device.started"),
                                LogRecord.newBuilder().addAttributes(attribute("a", string("b"))),
                                LogRecord.newBuilder())
                        .toByteArray()))
                .map(told -> told.replaceAll("> \\[.*", ">"))
                .containsExactly(
                        "0 line <{\"message\":\"1.5\"}>",
                        "1 line <{\"message\":\"raw\"}>",
                        "2 line <{\"message\":\"[1.5,true,\\\"cmF3\\\",null]\"}>",
                        "3 line <{\"message\":\"device.started\"}>",
                        "4 line <{\"message\":\"\",\"a\":\"b\"}>",
                        "dropped EMPTY");
    }

    @Test
    void labels_that_a_loki_receiver_made_attributes_are_labels_again() {
        LogRecord.Builder record = LogRecord.newBuilder()
                .setBody(string(L))
                .addAttributes(attribute("loki.attribute.labels", string("host, container_name,host")))
                .addAttributes(attribute("host", string("h")))
                .addAttributes(attribute("container_name", string("/pg")))
                .addAttributes(attribute("other", string("o")));
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(record);
        assertThat(unwrap(request.build().toByteArray()))
                .containsExactly("line <" + L + "> [service=pg host=h] " + T + " otlp {\"other\":\"o\"}");
    }

    @Test
    void a_resource_gives_labels_and_headers_go_before() {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        ResourceLogs.Builder logs = request.addResourceLogsBuilder();
        logs.getResourceBuilder()
                .addAttributes(attribute("service.name", string("s")))
                .addAttributes(attribute("k8s.pod.name", string("p")))
                .addAttributes(attribute("service.instance.id", string(" ")))
                .addAttributes(attribute("k8s.node.name", string("n")))
                .addAttributes(attribute("deployment.environment", string("e")));
        logs.addScopeLogsBuilder().addLogRecordsBuilder().setBody(string(L));
        assertThat(unwrap(
                        request.build().toByteArray(), new ShipperLabels(null, null, "header", null), RawLine.NO_TIME))
                .containsExactly("line <" + L + "> [env=e service=header host=n instance=p] " + T + " otlp");
    }

    @ParameterizedTest
    @CsvSource({
        "1, trace",
        "5, debug",
        "8, debug",
        "9, info",
        "13, warn",
        "17, error",
        "21, error",
        "24, error",
        "0, Hm",
        "25, Hm"
    })
    void severity_numbers_are_levels_and_without_one_the_text_counts(int severity, String level) {
        LogRecord.Builder record = LogRecord.newBuilder()
                .setBody(string("x"))
                .setSeverityNumberValue(severity)
                .setSeverityText("Hm");
        assertThat(unwrap(request(record).toByteArray()))
                .singleElement()
                .asString()
                .contains("{\"message\":\"x\",\"level\":\"" + level + "\"}");
    }

    @Test
    void the_observed_time_stands_in_and_without_any_the_arrival() {
        assertThat(unwrap(request(
                                LogRecord.newBuilder().setBody(string("x")).setObservedTimeUnixNano(7_000_000),
                                LogRecord.newBuilder().setBody(string("x")),
                                LogRecord.newBuilder().setBody(string("x")).setTimeUnixNano(-1))
                        .toByteArray()))
                .map(told -> told.replaceAll(".*] (\\d+) otlp", "$1"))
                .containsExactly("7", String.valueOf(Unwrapped.RECORD_MILLIS), String.valueOf(Unwrapped.RECORD_MILLIS));
    }

    @Test
    void ids_of_zeros_or_of_another_length_are_none() {
        LogRecord.Builder record = LogRecord.newBuilder()
                .setBody(string("x"))
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(new byte[] {1, 2}));
        assertThat(unwrap(request(record).toByteArray()))
                .singleElement()
                .asString()
                .contains("<{\"message\":\"x\"}>");
    }

    @Test
    void a_protobuf_with_fields_that_the_protocol_does_not_have_is_another_one() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(4, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        UnknownFieldSet reserved = UnknownFieldSet.newBuilder()
                .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        ExportLogsServiceRequest request = request(vector20());
        ResourceLogs logs = request.getResourceLogs(0);
        byte[] old = request.toBuilder()
                .setResourceLogs(0, logs.toBuilder().setUnknownFields(reserved))
                .build()
                .toByteArray();
        byte[] other = request.toBuilder()
                .setResourceLogs(0, logs.toBuilder().setUnknownFields(unknown))
                .build()
                .toByteArray();
        assertThat(OtlpLogs.parse(old)).isNotNull();
        assertThat(OtlpLogs.parse(other)).isNull();
        assertThat(OtlpLogs.parse(
                        request.toBuilder().setUnknownFields(unknown).build().toByteArray()))
                .isNull();
        assertThat(OtlpLogs.parse(Arrays.copyOf(request.toByteArray(), 100))).isNull();
        assertThat(OtlpLogs.parse(ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(ResourceLogs.getDefaultInstance())
                        .build()
                        .toByteArray()))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceLogs\":[]}",
                "{\"resourceLogs\":[{}]}",
                "{\"resourceLogs\":[1]}",
                "{\"resourceLogs\":[{\"scopeLogs\":{}}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[7]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"x\"}]}]}]}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":7}}]}]}]}",
                "{\"resource_logs\":[{\"scope_logs\":[{\"log_records\":[{\"body\":{\"string_value\":\"x\"}}]}]}]}"
            })
    void an_object_of_another_form_is_a_line(String object) {
        assertThat(unwrap(object.getBytes(UTF_8)))
                .containsExactly("line <" + object + "> [] " + Unwrapped.RECORD_MILLIS + " plain");
    }

    @Test
    void the_json_form_takes_numbers_nulls_and_what_it_does_not_know() {
        String request = """
                {"resourceLogs":[{"resource":null,"schemaUrl":"s","scopeLogs":[{"scope":{"name":"n"},"logRecords":[
                 {"timeUnixNano":5000000,"severityNumber":17,"traceId":"zz","spanId":null,"flags":1,"droppedAttributesCount":0,
                  "body":{"kvlistValue":{"values":[{"key":"a","value":{"bytesValue":"cmF3"}},{"key":"b","value":null},
                   {"key":"c","value":{"arrayValue":{"values":[{"boolValue":true},{"doubleValue":"NaN"},{"doubleValue":1e3}]}}},
                   {"key":"d\\ud800","value":{"stringValue":"\\udc00"}}]}}}]}]}]}
                """;
        assertThat(unwrap(request.getBytes(UTF_8)))
                .containsExactly(
                        "line <{\"a\":\"cmF3\",\"b\":null,\"c\":[true,\"NaN\",1000.0],\"d\uFFFD\":\"\uFFFD\"}> [] 5 otlp level=error");
    }

    @Test
    void what_is_nested_too_deep_is_rejected_by_itself() {
        AnyValue deep = string("x");
        for (int i = 0; i < 4; i++) {
            deep = map(attribute("a", deep));
        }
        byte[] request = request(
                        LogRecord.newBuilder().setBody(deep),
                        LogRecord.newBuilder().setBody(map(attribute("b", deep))),
                        LogRecord.newBuilder().setBody(string("x")).addAttributes(attribute("b", deep)),
                        LogRecord.newBuilder().setBody(string("x")))
                .toByteArray();
        Unwrap unwrap = new Unwrap(new UnwrapSettings(1000, 1000, 4));
        assertThat(unwrap(unwrap, request, ShipperLabels.NONE, 5))
                .containsExactly(
                        "0 line <{\"a\":{\"a\":{\"a\":{\"a\":\"x\"}}}}> [service=orchestrator] 5 otlp",
                        "1 rejected too_deep",
                        "2 rejected too_deep",
                        "3 line <{\"message\":\"x\"}> [service=orchestrator] 5 otlp");
    }

    @Test
    void requests_changed_at_random_never_break_anything() {
        Random random = new Random(5);
        Unwrap unwrap = new Unwrap(UnwrapSettings.defaults());
        List<byte[]> seeds = List.of(
                request(vector20(), LogRecord.newBuilder().setBody(map(attribute("log", string(L)))))
                        .toByteArray(),
                VECTOR_20.getBytes(UTF_8),
                VECTOR_20
                        .replace("{\"stringValue\":\"{", "{\"stringValue\":\"x{")
                        .getBytes(UTF_8),
                quoted(VECTOR_20).getBytes(UTF_8));
        int lines = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] record = seeds.get(i % seeds.size()).clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                record[random.nextInt(record.length)] = (byte) random.nextInt(256);
            }
            List<String> told = unwrap(unwrap, record, ShipperLabels.NONE, 0);
            assertThat(told).isNotEmpty();
            lines += told.get(0).contains("otlp") ? 1 : 0;
        }
        assertThat(lines).as("records that were still requests").isBetween(3_000, 9_000);
    }

    private static LogRecord.Builder vector20() {
        return LogRecord.newBuilder()
                .setTimeUnixNano(1773311400000000000L)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                .setSeverityText("INFO")
                .setTraceId(ByteString.fromHex(TRACE))
                .setSpanId(ByteString.fromHex(SPAN))
                .setBody(string("{\"message\":\"x\"}"))
                .addAttributes(attribute("log.file.path", string("/var/log/o.log")))
                .addAttributes(
                        attribute("n", AnyValue.newBuilder().setIntValue(10).build()));
    }

    private static ExportLogsServiceRequest request(LogRecord.Builder... records) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        ResourceLogs.Builder logs = request.addResourceLogsBuilder();
        logs.getResourceBuilder().addAttributes(attribute("service.name", string("orchestrator")));
        for (LogRecord.Builder record : records) {
            logs.addScopeLogsBuilder().addLogRecords(record);
        }
        return request.build();
    }

    private static AnyValue string(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static AnyValue map(KeyValue... members) {
        return AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(members)))
                .build();
    }

    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }
}
