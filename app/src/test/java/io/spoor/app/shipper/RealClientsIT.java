package io.spoor.app.shipper;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.spoor.app.TestBroker;
import io.spoor.app.TraceOracle;
import io.spoor.app.shipper.Traffic.Logged;
import io.spoor.app.up.RunningSpoor;
import io.spoor.model.EnrichedLine;
import io.spoor.model.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same 1,000 lines through every client that can be had, and what comes out of the topic of lines and of the traces. */
class RealClientsIT {
    private static final JsonMapper JSON = new JsonMapper();

    /** The labels that the manual's examples give. */
    private static final Labels MANUALS = new Labels("orchestrator", "ci-7", "prod", "a1");

    private static final Labels NONE = new Labels(null, null, null, null);

    private record Labels(
            @Nullable String service,
            @Nullable String host,
            @Nullable String env,
            @Nullable String instance) {}

    /**
     * A line as it came out.
     *
     * @param atMillis when it was logged, or 0 if that is between the shipping's begin and end
     */
    private record CameOut(
            String text,
            long atMillis,
            String tier,
            Labels labels,
            @Nullable String via) {}

    /** Ships lines, and returns when they are said to have arrived. */
    private interface Client {
        void ship(Traffic traffic) throws Exception;
    }

    @TempDir
    static Path data;

    private static RunningSpoor spoor;

    @BeforeAll
    static void start() {
        spoor = RunningSpoor.start(data, Map.of());
    }

    @AfterAll
    static void close() {
        spoor.close();
    }

    @Test
    void curl() throws Exception {
        check("curl", MANUALS, "http", false, traffic -> shell("curl", 1, traffic));
    }

    @Test
    void curl_compressed_with_labels_in_headers() throws Exception {
        check("gzip", MANUALS, "http", false, traffic -> shell("curl", 2, traffic));
    }

    @Test
    void kcat() throws Exception {
        assumeTrue(isOnThePath("kcat"), "kcat is not installed");
        check("kcat", MANUALS, "kafka", false, traffic -> shell("kcat", 1, traffic));
    }

    @Test
    void the_http_client_of_the_jdk() throws Exception {
        check("httpclient", MANUALS, "http", false, traffic -> {
            HttpRequest request = HttpRequest.newBuilder(
                            spoor.uri().resolve("/api/v1/logs?service=orchestrator&host=ci-7&env=prod&instance=a1"))
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofString(traffic.text()))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("{\"accepted\":1000}");
        });
    }

    @Test
    void loki4j_in_json() throws Exception {
        check("lokijson", MANUALS, "loki", true, traffic -> loki4j(false, traffic));
    }

    @Test
    void loki4j_in_protobuf() throws Exception {
        check("lokiproto", MANUALS, "loki", true, traffic -> loki4j(true, traffic));
    }

    @Test
    void a_request_in_the_context_of_loki4j_leads_a_line_of_text_to_its_trace() throws Exception {
        LoggerContext context = loki4jContext(false);
        Logger logger = context.getLogger("app");
        log(logger, "no JSON at all", Instant.now(), Map.of("requestId", "mdc-request"));
        context.stop();

        spoor.awaitCaughtUp();
        assertThat(trace("mdc-request")).containsExactly("{\"message\":\"no JSON at all\"}");
    }

    @Test
    void the_opentelemetry_sdk() throws Exception {
        check("otel", MANUALS, "otlp", true, traffic -> {
            try (SdkLoggerProvider provider = openTelemetry()) {
                io.opentelemetry.api.logs.Logger logger = provider.get("app");
                traffic.lines()
                        .forEach(line -> logger.logRecordBuilder()
                                .setTimestamp(line.at())
                                .setSeverity(Severity.INFO)
                                .setBody(line.text())
                                .emit());
                assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
            }
        });
    }

    @Test
    void a_request_in_an_attribute_of_opentelemetry_leads_a_line_of_text_to_its_trace() throws Exception {
        try (SdkLoggerProvider provider = openTelemetry()) {
            provider.get("app")
                    .logRecordBuilder()
                    .setTimestamp(Instant.now())
                    .setSeverity(Severity.WARN)
                    .setBody("no JSON at all")
                    .setAttribute(stringKey("requestId"), "otel-attribute")
                    .emit();
        }

        spoor.awaitCaughtUp();
        assertThat(trace("otel-attribute"))
                .containsExactly(
                        "{\"message\":\"no JSON at all\",\"level\":\"warn\",\"requestId\":\"otel-attribute\"}");
    }

    @Test
    void a_kafka_producer_with_headers() throws Exception {
        check("headers", MANUALS, "kafka", false, traffic -> produce(traffic, true));
    }

    @Test
    void a_kafka_producer_without_headers() throws Exception {
        check("headerless", NONE, "kafka", false, traffic -> produce(traffic, false));
    }

    /** @param timed whether the client says the time of each line beside it */
    private static void check(String name, Labels labels, String via, boolean timed, Client client) throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Traffic traffic = new Traffic(name, before.minus(Duration.ofHours(2)));
        client.ship(traffic);
        spoor.awaitCaughtUp();
        Instant after = Instant.now();

        List<CameOut> expected = traffic.lines().stream()
                .map(line -> new CameOut(
                        line.text(),
                        line.json() || timed ? line.at().toEpochMilli() : 0,
                        tier(line, labels),
                        labels,
                        via))
                .toList();
        List<CameOut> cameOut = spoor.records(spoor.topics().lines()).stream()
                .filter(record -> record.contains(name + "-"))
                .map(record -> cameOut(record, before, after))
                .toList();
        assertThat(firstWithout(expected, cameOut)).as("missing").isEmpty();
        assertThat(firstWithout(cameOut, expected)).as("too much").isEmpty();
        assertThat(cameOut.size()).as("number of lines").isEqualTo(expected.size());

        traffic.requests()
                .forEach((request, lines) -> assertThat(trace(request))
                        .as(request)
                        .containsExactlyElementsOf(
                                lines.stream().map(Logged::text).toList()));
        TraceOracle oracle = new TraceOracle();
        traffic.lines().forEach(line -> oracle.shipped(labels.service(), line.text(), 1));
        oracle.check(spoor);
    }

    /** A few of them, so that a failure can be read. */
    private static List<CameOut> firstWithout(List<CameOut> all, List<CameOut> others) {
        Set<CameOut> left = new LinkedHashSet<>(all);
        left.removeAll(Set.copyOf(others));
        return left.stream().limit(5).toList();
    }

    private static String tier(Logged line, Labels labels) {
        if (!line.service().isEmpty()) {
            return line.service();
        }
        return labels.service() == null ? "unknown" : labels.service();
    }

    private static CameOut cameOut(String record, Instant before, Instant after) {
        EnrichedLine line = EnrichedLine.of(record.getBytes(UTF_8));
        Stamp stamp = line.stamp();
        boolean onArrival = stamp.at() >= before.toEpochMilli() && stamp.at() <= after.toEpochMilli();
        return new CameOut(
                text(new String(line.original(), UTF_8)),
                onArrival ? 0 : stamp.at(),
                stamp.tier(),
                new Labels(stamp.service(), stamp.host(), stamp.env(), stamp.instance()),
                stamp.via());
    }

    /** Text lines are the message of an object that Spoor, or OpenTelemetry's door, has made of them. */
    private static String text(String original) {
        try {
            return original.startsWith("{\"message\":")
                    ? JSON.readTree(original).path("message").textValue()
                    : original;
        } catch (IOException e) {
            throw new IllegalStateException(original, e);
        }
    }

    private static List<String> trace(String id) {
        HttpResponse<byte[]> answer = spoor.get("/api/v1/traces/" + id, "Accept", "application/x-ndjson");
        assertThat(answer.statusCode()).as(id).isEqualTo(200);
        return RunningSpoor.text(answer).lines().toList();
    }

    /** Runs what the manual says. */
    private static void shell(String heading, int nth, Traffic traffic) throws IOException, InterruptedException {
        Path file = Files.writeString(data.resolve("shipped.log"), traffic.text());
        String script = Manual.block(
                heading,
                nth,
                Map.of(
                        "127.0.0.1:7070", spoor.uri().getAuthority(),
                        "127.0.0.1:9092", TestBroker.bootstrap(),
                        "spoor.logs.raw", spoor.topics().logsRaw(),
                        "/var/log/kici/orchestrator.log", file.toString()));
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", script, output).isZero();
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void loki4j(boolean protobuf, Traffic traffic) throws JoranException {
        LoggerContext context = loki4jContext(protobuf);
        Logger logger = context.getLogger("app");
        traffic.lines().forEach(line -> log(logger, line.text(), line.at(), Map.of()));
        context.stop(); // sends what it still has
    }

    private static LoggerContext loki4jContext(boolean protobuf) throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        String xml = Manual.block(
                "loki4j",
                1,
                Map.of(
                        "127.0.0.1:7070",
                        spoor.uri().getAuthority(),
                        "<useProtobufApi>false<",
                        "<useProtobufApi>" + protobuf + "<"));
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        return context;
    }

    /** An event of its own making, since a logger would take the present for its time. */
    private static void log(Logger logger, String message, Instant at, Map<String, String> mdc) {
        LoggingEvent event = new LoggingEvent(RealClientsIT.class.getName(), logger, Level.INFO, message, null, null);
        event.setInstant(at);
        event.setMDCPropertyMap(mdc);
        logger.callAppenders(event);
    }

    private static SdkLoggerProvider openTelemetry() {
        return SdkLoggerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        stringKey("service.name"), "orchestrator",
                        stringKey("host.name"), "ci-7",
                        stringKey("deployment.environment.name"), "prod",
                        stringKey("service.instance.id"), "a1")))
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(spoor.uri().resolve("/v1/logs").toString())
                                .setCompression("gzip")
                                .build())
                        .build())
                .build();
    }

    private static void produce(Traffic traffic, boolean labelled) throws Exception {
        try (KafkaProducer<byte[], String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.bootstrap(), "compression.type", "lz4"),
                new ByteArraySerializer(),
                new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Logged line : traffic.lines()) {
                ProducerRecord<byte[], String> record =
                        new ProducerRecord<>(spoor.topics().logsRaw(), line.text());
                if (labelled) {
                    label(record.headers());
                }
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void label(Headers headers) {
        headers.add("spoor.service", "orchestrator".getBytes(UTF_8))
                .add("spoor.host", "ci-7".getBytes(UTF_8))
                .add("spoor.env", "prod".getBytes(UTF_8))
                .add("spoor.instance", "a1".getBytes(UTF_8));
    }
}
