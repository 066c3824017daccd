package io.spoor.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.spoor.ingest.wire.Line;
import io.spoor.ingest.wire.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

/**
 * Mutated valid bodies at every door: never a 5xx, and what is answered as refused is not taken in part. The seeds are fixed;
 * {@code -Pnightly} tries many more cases.
 */
class DoorsFuzzTest {
    private static final int CASES = Integer.getInteger("fuzz.cases", 2_000);
    private static final Set<Integer> ANSWERS = Set.of(200, 202, 204, 400, 413);
    private static final List<String> INTERESTING = List.of(
            "\0",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\\ud800",
            "\n",
            "\r\n",
            "null",
            "-1",
            "1e999",
            "9007199254740993",
            "18446744073709551616",
            "\u00ff\u00ff\u00ff\u00ff\u000f",
            "\u0080",
            "\u00ed\u00a0\u0080",
            "\n\0",
            "\u0008",
            "\u001b");

    private enum Door {
        LOGS("/api/v1/logs", "application/x-ndjson", Wrap.MAYBE_GZIP) {
            @Override
            byte[] body() {
                return utf8(
                        "{\"level\":\"info\",\"message\":\"a\\u00e9\"}\n{\"x\":[1,2.5e3,{\"y\":null}]}\nplain text\n");
            }
        },
        LOGS_ARRAY("/api/v1/logs", "application/json", Wrap.MAYBE_GZIP) {
            @Override
            byte[] body() {
                return utf8("[{\"level\":\"info\",\"message\":\"a\"}, {\"x\":[1,2.5e3,{\"y\":null}]}]");
            }
        },
        EVENTS("/api/v1/events", "application/json", Wrap.MAYBE_GZIP) {
            @Override
            byte[] body() {
                return utf8("[{\"type\":\"run.event\",\"runId\":\"r\",\"timestampMs\":1},{\"type\":\"job.status\"}]");
            }
        },
        METRICS("/api/v1/metrics", "application/x-ndjson", Wrap.MAYBE_GZIP) {
            @Override
            byte[] body() {
                return utf8(
                        "{\"type\":\"agent.metrics\",\"agentId\":\"a\",\"metrics\":[{\"name\":\"n\",\"type\":\"histogram\","
                                + "\"labels\":{\"a\":\"b\"},\"buckets\":[{\"le\":1,\"count\":2}],\"count\":1,\"sum\":1.5},"
                                + "{\"name\":\"m\",\"type\":\"gauge\",\"value\":1}]}\n{\"type\":\"fleet\"}");
            }
        },
        LOKI_JSON("/loki/api/v1/push", "application/json", Wrap.MAYBE_GZIP) {
            @Override
            byte[] body() {
                return utf8(
                        "{\"streams\":[{\"stream\":{\"service\":\"o\",\"x\":\"y\"},\"values\":[[\"1773311400000000000\","
                                + "\"line\",{\"requestId\":\"r\"}],[\"2\",\"{\\\"a\\\":1}\"]]}]}");
            }
        },
        LOKI_PROTOBUF("/loki/api/v1/push", "application/x-protobuf", Wrap.SNAPPY) {
            @Override
            byte[] body() {
                return new ProtoWriter()
                        .message(
                                1,
                                new ProtoWriter()
                                        .text(1, "{service=\"o\", x=\"\\u00e9\"}")
                                        .message(
                                                2,
                                                new ProtoWriter()
                                                        .message(
                                                                1,
                                                                new ProtoWriter()
                                                                        .number(1, 1_773_311_400L)
                                                                        .number(2, 5))
                                                        .text(2, "{\"a\":1}")
                                                        .message(
                                                                3,
                                                                new ProtoWriter()
                                                                        .text(1, "requestId")
                                                                        .text(2, "r"))))
                        .toByteArray();
            }
        },
        OTLP_JSON("/v1/logs", "application/json", Wrap.MAYBE_GZIP) {
            @Override
            byte[] body() {
                return utf8("{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                        + "{\"stringValue\":\"o\"}}]},\"scopeLogs\":[{\"scope\":{\"name\":\"s\"},\"logRecords\":[{\"timeUnixNano\":"
                        + "\"1773311400000000000\",\"severityNumber\":9,\"body\":{\"stringValue\":\"x\"},\"attributes\":[{\"key\":"
                        + "\"n\",\"value\":{\"intValue\":\"10\"}}]},{\"body\":{\"bytesValue\":\"AAE=\"}}]}]}]}");
            }
        },
        OTLP_PROTOBUF("/otlp/v1/logs", "application/x-protobuf", Wrap.MAYBE_GZIP) {
            @Override
            byte[] body() {
                KeyValue.Builder attribute = KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue("oé"));
                LogRecord.Builder record = LogRecord.newBuilder()
                        .setTimeUnixNano(1_773_311_400_000_000_000L)
                        .setSeverityNumberValue(9)
                        .setBody(AnyValue.newBuilder().setStringValue("line"))
                        .addAttributes(attribute)
                        .setFlags(1);
                return ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(ResourceLogs.newBuilder()
                                .setResource(Resource.newBuilder().addAttributes(attribute))
                                .addScopeLogs(ScopeLogs.newBuilder()
                                        .addLogRecords(record)
                                        .addLogRecords(record)))
                        .build()
                        .toByteArray();
            }
        };

        private final String path;
        private final String type;
        private final Wrap wrap;

        Door(String path, String type, Wrap wrap) {
            this.path = path;
            this.type = type;
            this.wrap = wrap;
        }

        abstract byte[] body();
    }

    private enum Wrap {
        MAYBE_GZIP,
        SNAPPY
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void mutated_bodies_are_taken_or_refused_as_a_whole(Door door) throws Exception {
        try (OpenDoors doors = new OpenDoors(Map.of("ingest.max-lines", "50", "ingest.max-line", "1 KiB"))) {
            assertThat(doors.post(door.path, wrapped(door, door.body(), 1), headers(door, 1))
                            .statusCode())
                    .isBetween(200, 204);
            doors.taken.clear();
            int refused = 0;
            for (int seed = 0; seed < CASES; seed++) {
                Random random = new Random(seed);
                byte[] body = door.body();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    body = mutated(body, random);
                }
                byte[] sent = wrapped(door, body, seed);
                sent = seed % 16 == 0 ? mutated(sent, random) : sent;
                HttpResponse<byte[]> response = doors.post(door.path, sent, headers(door, seed));
                int status = response.statusCode();
                assertThat(ANSWERS).as("seed %s", seed).contains(status);
                boolean partly = new String(response.body(), UTF_8).startsWith("max entry size");
                if (status >= 400 && !partly) {
                    refused++;
                    assertThat(doors.taken).as("seed %s is refused", seed).isEmpty();
                }
                if (door == Door.OTLP_PROTOBUF) {
                    parse(doors.taken, seed);
                }
                doors.taken.clear();
            }
            assertThat(refused).as("the mutations reach something").isPositive();
            assertThat(doors.inFlightBytes()).isZero();
        }
    }

    /** What the door lets pass, the official parser can read. */
    private static void parse(List<OpenDoors.Taken> taken, int seed) {
        for (OpenDoors.Taken each : taken) {
            for (Line part : each.shipment().lines()) {
                try {
                    assertThat(ExportLogsServiceRequest.parseFrom(part.bytes())
                                    .getUnknownFields()
                                    .asMap())
                            .isEmpty();
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
        }
    }

    private static String[] headers(Door door, int seed) {
        return door.wrap == Wrap.MAYBE_GZIP && seed % 4 == 0
                ? new String[] {"Content-Type", door.type, "Content-Encoding", "gzip"}
                : new String[] {"Content-Type", door.type};
    }

    private static byte[] wrapped(Door door, byte[] body, int seed) throws IOException {
        if (door.wrap == Wrap.SNAPPY) {
            return Snappy.compress(body);
        }
        return seed % 4 == 0 ? gzip(body) : body;
    }

    private static byte[] mutated(byte[] body, Random random) {
        int at = body.length == 0 ? 0 : random.nextInt(body.length);
        int to = Math.min(body.length, at + 1 + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> flipped(body, at, random);
            case 1 -> joined(Arrays.copyOf(body, at), new byte[0], Arrays.copyOfRange(body, to, body.length));
            case 2 -> joined(Arrays.copyOf(body, to), Arrays.copyOfRange(body, at, to), tail(body, to));
            case 3 ->
                joined(
                        Arrays.copyOf(body, at),
                        INTERESTING.get(random.nextInt(INTERESTING.size())).getBytes(ISO_8859_1),
                        tail(body, at));
            case 4 -> Arrays.copyOf(body, at);
            default -> joined(Arrays.copyOf(body, at), repeated(body, at, to, random.nextInt(200)), tail(body, at));
        };
    }

    private static byte[] flipped(byte[] body, int at, Random random) {
        byte[] copy = body.clone();
        if (copy.length > 0) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static byte[] repeated(byte[] body, int from, int to, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.write(body, from, to - from);
        }
        return out.toByteArray();
    }

    private static byte[] tail(byte[] body, int from) {
        return Arrays.copyOfRange(body, from, body.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
