package io.spoor.enrich.unwrap;

import static io.spoor.enrich.unwrap.Unwrapped.unwrap;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The table of shapes that shippers produce, one row each; a row's number is that of the wire contract. */
class UnwrapVectorsTest {
    private static final String L =
            "{\"level\":\"info\",\"message\":\"hi\",\"timestamp\":\"2026-03-12T10:30:00.000Z\",\"requestId\":\"6f1c2d3e-4b5a-4697-8899-aabbccddeeff\"}";
    private static final String QL = quoted(L);
    private static final long T = 1773311400000L;
    private static final long K = Unwrapped.RECORD_MILLIS;

    private final List<DynamicTest> rows = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> every_shape_gives_its_lines() {
        row("1", L, line(L, "", T));
        row("1 CRLF", L + "\r\n", line(L, "", T));
        row("1 BOM", "\uFEFF" + L, line(L, "", T));
        row("1 hole", "\0\0\0" + L, line(L, "", T));
        row("2", "{\"@timestamp\":1773311401.123456,\"log\":" + QL + "}", line(L, "", T, "fluent-bit"));
        row(
                "3",
                "{\"@timestamp\":1773311401.123456,\"log\":\"plain\"}",
                line("plain", "", 1773311401123L, "fluent-bit"));
        String kubernetes = "{\"@timestamp\":1.0,\"stream\":\"stdout\",\"logtag\":\"F\",\"log\":" + QL
                + ",\"kubernetes\":{\"pod_name\":\"orch-0\",\"container_name\":\"orchestrator\",\"host\":\"n1\"}";
        row("4", kubernetes + "}", line(L, "service=orchestrator host=n1 instance=orch-0", T, "fluent-bit"));
        row(
                "5",
                kubernetes + ",\"level\":\"info\",\"message\":\"hi\"}",
                line(L, "service=orchestrator host=n1 instance=orch-0", T, "fluent-bit"));
        row(
                "6",
                "{\"file\":\"/l/orchestrator-a1-2026-03-12.log\",\"host\":\"o1\",\"message\":" + QL
                        + ",\"source_type\":\"file\",\"timestamp\":\"2026-03-12T10:30:05Z\"}",
                line(L, "service=orchestrator host=o1 instance=a1", T, "vector"));
        row(
                "7",
                "{\"container_name\":\"/pg\",\"container_id\":\"0123456789abcdef\",\"host\":\"o1\",\"message\":\"LOG: up\",\"source_type\":\"docker_logs\",\"timestamp\":\"2026-03-12T10:30:05.5Z\"}",
                line("LOG: up", "service=pg host=o1 instance=0123456789ab", 1773311405500L, "vector"));
        String boom =
                "{\"host\":\"o1\",\"level\":\"error\",\"message\":\"boom\",\"source_type\":\"file\",\"timestamp\":\"2026-03-12T10:30:05Z\"}";
        row("8", boom, line(boom, "host=o1", 1773311405000L, "vector"));
        row("9", filebeat(QL), line(L, "env=prod service=orchestrator host=o1 instance=a1", T, "filebeat"));
        row(
                "10",
                "{\"@timestamp\":\"2026-03-12T10:30:07Z\",\"@version\":\"1\",\"message\":\"plain\",\"host\":{\"hostname\":\"o1\"}}",
                line("plain", "host=o1", 1773311407000L, "logstash"));
        String ecs =
                "{\"@timestamp\":\"2026-03-12T10:30:00Z\",\"log.level\":\"INFO\",\"message\":\"hi\",\"service.name\":\"x\"}";
        row("11", ecs, line(ecs, "", T, "ecs"));
        row("12", "2026-03-12T12:30:06.123456789+02:00 stdout F " + L, line(L, "", T, "cri"));
        row("13", "2026-03-12T10:30:06.1Z stderr P Trace", line("Trace", "", 1773311406100L, "cri") + " partial");
        String docker = "{\"log\":" + quoted(L + "\n") + ",\"stream\":\"stdout\",\"time\":\"2026-03-12T10:30:06.5Z\"}";
        row("14", docker, line(L, "", T, "docker"));
        row(
                "15",
                filebeat(quoted(docker)),
                line(L, "env=prod service=orchestrator host=o1 instance=a1", T, "filebeat"));
        row(
                "16",
                "{\"MESSAGE\":" + QL
                        + ",\"_HOSTNAME\":\"o1\",\"_SYSTEMD_UNIT\":\"kici-agent.service\",\"__REALTIME_TIMESTAMP\":\"1773311408000000\"}",
                line(L, "service=kici-agent host=o1", T, "journald"));
        row(
                "17",
                "{\"MESSAGE\":[27,91,49,109,104,105],\"_HOSTNAME\":\"o1\",\"__REALTIME_TIMESTAMP\":\"1773311408000000\"}",
                line("\u001b[1mhi", "host=o1", 1773311408000L, "journald"));
        String unsaid = "{\"MESSAGE\":null,\"_HOSTNAME\":\"o1\",\"__REALTIME_TIMESTAMP\":\"1773311408000000\"}";
        row("18", unsaid, line(unsaid, "host=o1", 1773311408000L, "journald"));
        row("19", QL, line(L, "", T));
        row("19 twice", quoted(QL), line(L, "", T));
        row("21", "\n" + L, line(L, "", T));
        row(
                "22",
                "{\"streams\":[{\"stream\":{\"service\":\"a\"},\"values\":[[\"1773311409000000000\",\"p\"],[\"1773311409000000001\","
                        + QL + "]]}]}",
                "0 " + line("p", "service=a", 1773311409000L, "loki"),
                "1 " + line(L, "service=a", T, "loki"));
        row("23 array", "[" + L + "," + L + "]", "0 " + line(L, "", T), "1 " + line(L, "", T));
        row("23 lines", L + "\n" + L, "0 " + line(L, "", T), "1 " + line(L, "", T));
        row("23 concatenated", L + L, "0 " + line(L, "", T), "1 " + line(L, "", T));
        row(
                "24",
                L + "\nError: x\n  at a\n" + L,
                "0 " + line(L, "", T),
                "1 " + line("Error: x\n  at a", "", K),
                "2 " + line(L, "", T));
        row("25", "Error: x\n  at a.js:1\n", line("Error: x\n  at a.js:1", "", K));
        String pretty = L.replace("{", "{\n").replace(",", ",\n ").replace("}", "\n}");
        row("26", pretty, line(pretty, "", T));
        row("27 null", (byte @Nullable []) null, "dropped TOMBSTONE");
        row("27 nothing", "", "dropped EMPTY");
        row("27 space", " \r\n", "dropped EMPTY");
        row("27 hole", "\0\0", "dropped EMPTY");
        row(
                "28",
                "{\"level\":\"info\",\"message\":\"caf\u00e9\"}".getBytes(ISO_8859_1),
                line("{\"level\":\"info\",\"message\":\"caf\uFFFD\"}", "", K) + " replaced");
        row("29 msgpack", bytes(0x82, 0xa3, 0x6c, 0x6f, 0x67, 0xa2, 0x68, 0x69), "rejected binary");
        row("29 avro", bytes(0, 0, 0, 0, 7, 2, 0x0a, 0x68, 0x65, 0x6c, 0x6c, 0x6f), "rejected binary");
        row("29 gzip", bytes(0x1f, 0x8b, 8, 0), "rejected compressed");
        row("29 zstd", bytes(0x28, 0xb5, 0x2f, 0xfd, 0), "rejected compressed");
        row("30", "x".repeat((1 << 20) + 1), "rejected line_too_large");
        row("31", "{\"a\":".repeat(65) + "1" + "}".repeat(65), "rejected too_deep");
        String deep = "{\"a\":".repeat(64) + "1" + "}".repeat(64);
        row("31 just", deep, line(deep, "", K));
        for (String text :
                List.of("{\"level\":\"info\",\"mess", "42", "null", "[not json]", "[1,\"a\"]", "    at x (y.ts:1:2)")) {
            row("32 " + text, text, line(text, "", K));
        }
        same("33", "{\"level\":\"info\",\"message\":\"{\\\"a\\\":1}\",\"requestId\":\"r\"}", K);
        same("34", "{\"level\":\"info\",\"message\":\"x\",\"log\":\"y\"}", K);
        row("35", "{\"log\":\"y\"}", line("y", "", K, "fluent-bit"));
        row(
                "35 object",
                "{\"log\":{\"a\":1},\"@timestamp\":1.0}",
                line("{\"log\":{\"a\":1},\"@timestamp\":1.0}", "", 1000, "ecs"));
        String wrapped = L;
        for (int i = 0; i < 5; i++) {
            wrapped = "{\"@timestamp\":1,\"log\":" + quoted(wrapped) + "}";
        }
        row("36", wrapped, line("{\"@timestamp\":1,\"log\":" + QL + "}", "", 1000, "fluent-bit") + " nested");
        same("37 seconds", "{\"message\":\"hi\",\"ts\":1773311400}", T);
        same("37 milliseconds", "{\"message\":\"hi\",\"time\":1773311400123}", T + 123);
        same("38", "{\"level\":\"info\",\"message\":\"x\",\"spoor\":{\"id\":\"evil\"}}", K);
        return rows.stream();
    }

    /** With the labels of docs/shipping.md, where they are members of what the shipper sends. */
    @TestFactory
    Stream<DynamicTest> what_the_manuals_configurations_send_gives_its_lines() {
        String labels = "env=prod service=orchestrator host=ci-7 instance=a1";
        String members = "\"service\":\"orchestrator\",\"env\":\"prod\",\"instance\":\"a1\"";
        for (String text : List.of(L, "plain")) {
            long noted = text.equals(L) ? T : 1773311401123L;
            String line = quoted(text);
            row(
                    "Fluent Bit by HTTP " + text,
                    "{\"date\":1773311401.123456,\"log\":" + line + "}",
                    line(text, "", noted, "fluent-bit"));
            row(
                    "Fluent Bit by Kafka " + text,
                    "{\"@timestamp\":1773311401.123456,\"log\":" + line + "," + members + ",\"host\":\"ci-7\"}",
                    line(text, labels, noted, "fluent-bit"));
            row(
                    "Vector by Kafka " + text,
                    "{\"env\":\"prod\",\"file\":\"/var/log/kici/orchestrator.log\",\"host\":\"ci-7\",\"instance\":\"a1\",\"message\":"
                            + line
                            + ",\"service\":\"orchestrator\",\"source_type\":\"file\",\"timestamp\":\"2026-03-12T10:30:01.123456789Z\"}",
                    line(text, labels, noted, "vector"));
            row(
                    "Filebeat " + text,
                    "{\"@timestamp\":\"2026-03-12T10:30:01.123Z\",\"@metadata\":{\"beat\":\"filebeat\",\"type\":\"_doc\",\"version\":\"9.1.0\"},"
                            + "\"log\":{\"offset\":0,\"file\":{\"path\":\"/var/log/kici/orchestrator.log\",\"inode\":\"1\"}},\"message\":"
                            + line
                            + ",\"input\":{\"type\":\"filestream\"},\"fields\":{" + members
                            + "},\"ecs\":{\"version\":\"8.0.0\"},\"host\":{\"name\":\"ci-7\"},\"agent\":{\"name\":\"ci-7\",\"type\":\"filebeat\"}}",
                    line(text, labels, noted, "filebeat"));
            row(
                    "Journal " + text,
                    "{\"_SYSTEMD_UNIT\":\"kici-agent.service\",\"PRIORITY\":\"6\",\"_HOSTNAME\":\"ci-7\",\"SYSLOG_IDENTIFIER\":\"node\","
                            + "\"__REALTIME_TIMESTAMP\":\"1773311401123456\",\"_TRANSPORT\":\"stdout\",\"MESSAGE\":"
                            + line + "}",
                    line(text, "service=kici-agent host=ci-7", noted, "journald"));
        }
        return rows.stream();
    }

    private static String filebeat(String message) {
        return "{\"@timestamp\":\"2026-03-12T10:30:07.000Z\",\"@metadata\":{\"beat\":\"filebeat\"},\"message\":"
                + message
                + ",\"host\":{\"name\":\"o1\"},\"fields\":{\"service\":\"orchestrator\",\"env\":\"prod\",\"instance\":\"a1\"},\"log\":{\"offset\":0,\"file\":{\"path\":\"/x\"}}}";
    }

    private void same(String name, String value, long millis) {
        row(name, value, line(value, "", millis));
    }

    private void row(String name, String value, String... told) {
        row(name, value.getBytes(UTF_8), told);
    }

    private void row(String name, byte @Nullable [] value, String... told) {
        rows.add(DynamicTest.dynamicTest(name, () -> assertThat(unwrap(value)).containsExactly(told)));
    }

    private static String line(String text, String labels, long millis) {
        return line(text, labels, millis, "plain");
    }

    private static String line(String text, String labels, long millis, String shape) {
        return "line <" + text + "> [" + labels + "] " + millis + " " + shape;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static String quoted(String text) {
        return Unwrapped.quoted(text);
    }
}
