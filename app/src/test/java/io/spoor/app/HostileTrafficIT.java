package io.spoor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spoor.app.demo.DemoLine;
import io.spoor.app.demo.DemoTraffic;
import io.spoor.app.demo.Truth;
import io.spoor.app.up.RunningSpoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Believable traffic with junk between the lines, out of order and delivered twice, by every way in. */
class HostileTrafficIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEMO_LINES = 700;
    private static final int DELIVERIES = 2;

    @TempDir
    Path data;

    private Random random = new Random(0);
    private final List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    private final TraceOracle oracle = new TraceOracle();
    private final Map<String, Integer> texts = new HashMap<>();

    /** One line, multi-line ones included, and the label of its shipper; null: the shipper says nothing. */
    private record Shipped(@Nullable String label, String line) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void every_trace_is_whole_and_each_line_in_it_once(long seed) throws Exception {
        random = new Random(seed);
        long now = System.currentTimeMillis();
        List<JsonNode> truth = new ArrayList<>();
        Truth told = new Truth(run -> truth.add(TraceOracle.parsed(run)));
        List<Shipped> traffic = demo(seed, now, told);
        told.finish();
        traffic.addAll(junk(seed, now, truth));
        Collections.shuffle(traffic, random);
        try (RunningSpoor spoor = RunningSpoor.start(data, Map.of())) {
            ship(spoor, traffic);
            spoor.awaitCaughtUp();
            oracle.check(spoor);
            truth.forEach(run -> assertRun(spoor, run));
            assertThat(texts(spoor)).isEqualTo(texts);
        }
    }

    private static List<Shipped> demo(long seed, long now, Truth truth) {
        DemoTraffic traffic = new DemoTraffic(seed, now - 60_000, 50);
        List<Shipped> lines = new ArrayList<>();
        while (lines.size() < DEMO_LINES) {
            DemoLine line = traffic.next();
            truth.accept(line);
            lines.add(new Shipped(line.source().service(), line.text()));
        }
        return lines;
    }

    private List<Shipped> junk(long seed, long now, List<JsonNode> truth) {
        HostileLines hostile = new HostileLines(seed, now);
        List<Shipped> junk = new ArrayList<>();
        Stream.concat(
                        Stream.of("hostile-" + seed),
                        truth.stream().limit(2).map(run -> run.path("runId").textValue()))
                .forEach(runId -> {
                    Stream.of(hostile.of(runId), hostile.twins(runId), List.of(hostile.pretty(runId)))
                            .flatMap(List::stream)
                            .forEach(line -> junk.add(new Shipped(anyLabel(), line)));
                    junk.add(new Shipped(anyLabel(), hostile.stackTrace()));
                });
        hostile.large("large-" + seed).forEach(line -> junk.add(new Shipped(anyLabel(), line)));
        return junk;
    }

    private @Nullable String anyLabel() {
        String[] labels = {"orchestrator", "agent", "platform", "postgres-orch", "nginx", null};
        return labels[random.nextInt(labels.length)];
    }

    private void ship(RunningSpoor spoor, List<Shipped> traffic) throws Exception {
        Map<String, List<String>> byLabel = new LinkedHashMap<>();
        traffic.forEach(line -> byLabel.computeIfAbsent(String.valueOf(line.label()), any -> new ArrayList<>())
                .add(line.line()));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.bootstrap(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (Map.Entry<String, List<String>> entry : byLabel.entrySet()) {
                String label = entry.getKey().equals("null") ? null : entry.getKey();
                List<String> left = entry.getValue();
                while (!left.isEmpty()) {
                    int size = Math.min(left.size(), 1 + random.nextInt(40));
                    Way way = Way.values()[random.nextInt(Way.values().length)];
                    deliver(
                            new Batch(spoor, producer, acknowledgements, label, List.copyOf(left.subList(0, size))),
                            way);
                    left = left.subList(size, left.size());
                }
            }
            producer.flush();
            assertThat(acknowledgements)
                    .allSatisfy(each -> assertThat(each.get().hasOffset()).isTrue());
        }
    }

    private void deliver(Batch batch, Way way) {
        Way rest = way.takesText ? way : Way.NDJSON;
        List<String> taken = batch.lines().stream()
                .filter(line -> way.takesText || isObject(line))
                .toList();
        List<String> others = batch.lines().stream()
                .filter(line -> !way.takesText && !isObject(line))
                .toList();
        for (int i = 0; i < DELIVERIES; i++) {
            way.ship(batch.of(taken));
            rest.ship(batch.of(others));
        }
        batch.lines().forEach(line -> {
            oracle.shipped(batch.label(), unholed(line), DELIVERIES);
            boolean physical = (taken.contains(line) ? way : rest).splitsText;
            (physical && !isObject(line) ? line.lines() : Stream.of(line))
                    .map(HostileTrafficIT::unholed)
                    .filter(text -> !text.isBlank() && TraceOracle.object(text) == null)
                    .forEach(text -> texts.merge(unquoted(text), DELIVERIES, Integer::sum));
        });
    }

    private static boolean isObject(String line) {
        return TraceOracle.object(unholed(line)) != null;
    }

    /** Without the zero bytes that a truncated file begins with. */
    private static String unholed(String line) {
        return line.replaceAll("^\0+|\0+$", "");
    }

    /** A whole JSON string is the text in it. */
    private static String unquoted(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private static Map<String, Integer> texts(RunningSpoor spoor) {
        Map<String, Integer> texts = new HashMap<>();
        spoor.records(spoor.topics().lines()).stream()
                .map(TraceOracle::parsed)
                .filter(line -> "text".equals(line.path("spoor").path("format").textValue()))
                .forEach(line -> texts.merge(line.path("message").textValue(), 1, Integer::sum));
        return texts;
    }

    private static void assertRun(RunningSpoor spoor, JsonNode truth) {
        if (truth.path("endedAt").isNull()) {
            return;
        }
        String runId = truth.path("runId").textValue();
        JsonNode trace = RunningSpoor.json(spoor.get("/api/v1/traces/" + runId + "?limit=1"));
        List<JsonNode> runs = new ArrayList<>();
        trace.path("runs").forEach(run -> {
            if (runId.equals(run.path("runId").textValue())) {
                runs.add(run);
            }
        });
        assertThat(runs).as(runId).hasSize(1);
        assertThat(runs.get(0).path("status")).as(runId).isEqualTo(truth.path("status"));
        assertThat(runs.get(0).path("workflow")).as(runId).isEqualTo(truth.path("workflow"));
        assertThat(runs.get(0).path("durationMs").asText())
                .as(runId)
                .isEqualTo(truth.path("durationMs").asText());
    }

    /** Lines of one shipper, to be sent together. */
    private record Batch(
            RunningSpoor spoor,
            KafkaProducer<String, byte[]> producer,
            List<Future<RecordMetadata>> acknowledgements,
            @Nullable String label,
            List<String> lines) {
        Batch of(List<String> some) {
            return new Batch(spoor, producer, acknowledgements, label, some);
        }

        String path() {
            return "/api/v1/logs" + (label == null ? "" : "?service=" + label);
        }

        /** An object comes first: only then may objects span lines. */
        byte[] body() {
            return Stream.concat(
                            lines.stream().filter(line -> line.startsWith("{") && isObject(line)),
                            lines.stream().filter(line -> !line.startsWith("{") || !isObject(line)))
                    .collect(Collectors.joining("\n"))
                    .getBytes(UTF_8);
        }

        void record(String value) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(spoor.topics().logsRaw(), value.getBytes(UTF_8));
            if (label != null) {
                record.headers().add("spoor.service", label.getBytes(UTF_8));
            }
            acknowledgements.add(producer.send(record));
        }
    }

    private enum Way {
        NDJSON(true, true) {
            @Override
            void send(Batch batch) {
                taken(202, batch.spoor().post(batch.path(), "application/x-ndjson", batch.body()));
            }
        },
        GZIP(true, true) {
            @Override
            void send(Batch batch) {
                byte[] body = gzip(batch.body());
                taken(202, batch.spoor().post(batch.path(), "text/plain", body, "Content-Encoding", "gzip"));
            }
        },
        ARRAY(false, false) {
            @Override
            void send(Batch batch) {
                String array = batch.lines().stream()
                        .map(HostileTrafficIT::unholed)
                        .collect(Collectors.joining(", ", "[", "]"));
                taken(202, batch.spoor().post(batch.path(), "application/json", array));
            }
        },
        OBJECT(false, false) {
            @Override
            void send(Batch batch) {
                batch.lines()
                        .forEach(line ->
                                taken(202, batch.spoor().post(batch.path(), "application/json", unholed(line))));
            }
        },
        LOKI(true, false) {
            @Override
            void send(Batch batch) {
                ObjectNode push = JSON.createObjectNode();
                ObjectNode stream = push.putArray("streams").addObject();
                ObjectNode labels = stream.putObject("stream").put("job", "kici");
                if (batch.label() != null) {
                    labels.put("service_name", batch.label());
                }
                ArrayNode values = stream.putArray("values");
                batch.lines()
                        .forEach(line ->
                                values.addArray().add("1700000000000000000").add(line));
                taken(204, batch.spoor().post("/loki/api/v1/push", "application/json", push.toString()));
            }
        },
        KAFKA(true, false) {
            @Override
            void send(Batch batch) {
                batch.lines().forEach(batch::record);
            }
        },
        KAFKA_TOGETHER(false, false) {
            @Override
            void send(Batch batch) {
                batch.record(String.join("\n", batch.lines()));
            }
        };

        final boolean takesText;
        final boolean splitsText;

        Way(boolean takesText, boolean splitsText) {
            this.takesText = takesText;
            this.splitsText = splitsText;
        }

        abstract void send(Batch batch);

        void ship(Batch batch) {
            if (!batch.lines().isEmpty()) {
                send(batch);
            }
        }

        static void taken(int status, HttpResponse<byte[]> answer) {
            assertThat(answer.statusCode()).as(RunningSpoor.text(answer)).isEqualTo(status);
        }

        static byte[] gzip(byte[] body) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }
}
