package io.spoor.app.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.Javalin;
import io.spoor.app.TestBroker;
import io.spoor.model.Topics;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.http.HttpServer;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** All services of {@code spoor up} in this JVM, on the tests' one Kafka with topics of their own, asked over real HTTP. */
public final class RunningSpoor implements AutoCloseable {
    /** The lag is sampled five times a second and grows by itself after a second without a sample. */
    private static final Duration SURELY_SAMPLED = Duration.ofMillis(1_500);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, String> flags;
    private final Topics topics;
    private ServicesRole services;

    private RunningSpoor(Map<String, String> flags, Topics topics) {
        this.flags = flags;
        this.topics = topics;
        this.services = started();
    }

    /** Starts the services with the default settings, but for these; their state is kept in {@code data}. */
    public static RunningSpoor start(Path data, Map<String, String> settings) {
        Topics topics = new Topics(TestBroker.freshPrefix() + "spoor");
        Map<String, String> flags = new HashMap<>(settings);
        flags.put("kafka.bootstrap", TestBroker.bootstrap());
        flags.put("kafka.topic-prefix", topics.prefix());
        flags.put("http.bind", "127.0.0.1:0");
        flags.put("enrich.state-dir", data.resolve("state").toString());
        flags.put("aggregate.state-dir", data.resolve("state").toString());
        return new RunningSpoor(flags, topics);
    }

    private ServicesRole started() {
        ServicesRole role =
                new ServicesRole(() -> Settings.load(SettingsSources.flags(flags)), Tokens.none(), () -> false);
        try {
            role.start();
        } catch (RuntimeException e) {
            role.close();
            throw e;
        }
        return role;
    }

    /** Stops the services and starts them again on what they kept. */
    public void restart() {
        restart(() -> {});
    }

    /** Stops the services, lets something happen while they are away, and starts them again. */
    public void restart(Runnable meanwhile) {
        services.close();
        meanwhile.run();
        services = started();
    }

    public URI uri() {
        return URI.create("http://" + services.address());
    }

    public Topics topics() {
        return topics;
    }

    /** What the server really answers to, such as {@code get /api/v1/traces/{id}}; looked up where nobody else may look. */
    public SortedSet<String> routes() throws ReflectiveOperationException {
        Field server = ServicesRole.class.getDeclaredField("server");
        server.setAccessible(true);
        Field javalin = HttpServer.class.getDeclaredField("javalin");
        javalin.setAccessible(true);
        return ((Javalin) javalin.get(server.get(services)))
                .unsafe.internalRouter.allHttpHandlers().stream()
                        .map(handler -> handler.endpoint)
                        .filter(endpoint -> endpoint.method.isHttpMethod())
                        .map(endpoint ->
                                endpoint.method.name().toLowerCase(Locale.ROOT) + " " + template(endpoint.path))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Javalin writes a parameter that may hold slashes as {@code <id>}. */
    private static String template(String path) {
        return path.replace('<', '{').replace('>', '}');
    }

    public HttpResponse<byte[]> get(String path, String... headers) {
        return ask(request(path, headers).GET().build());
    }

    public HttpResponse<byte[]> post(String path, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path, headers).POST(BodyPublishers.ofByteArray(body));
        return ask((contentType.isEmpty() ? request : request.header("Content-Type", contentType)).build());
    }

    public HttpResponse<byte[]> post(String path, String contentType, String body, String... headers) {
        return post(path, contentType, body.getBytes(UTF_8), headers);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri().resolve(path)).timeout(Duration.ofSeconds(60));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<byte[]> ask(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of an answer, which must be JSON. */
    public static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("HTTP " + answer.statusCode() + ": " + text(answer), e);
        }
    }

    public static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    /** Waits until everything that Kafka has acknowledged by now can be found. */
    public void awaitCaughtUp() {
        Awaitility.await("no lag")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .during(SURELY_SAMPLED)
                .until(() -> {
                    HttpResponse<byte[]> answer = get("/api/v1/traces/nobody-has-this-id");
                    return answer.statusCode() == 404
                            && json(answer).path("lagMs").asLong(1) == 0;
                });
    }

    /** The values of all records that a topic holds now, as text. */
    public List<String> records(String topic) {
        try (KafkaConsumer<byte[], String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestBroker.bootstrap()),
                new ByteArrayDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> values = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    @Override
    public void close() {
        services.close();
    }
}
