package io.spoor.app.up;

import io.spoor.aggregate.Aggregate;
import io.spoor.app.AllSettings;
import io.spoor.enrich.Enrich;
import io.spoor.ingest.Ingest;
import io.spoor.query.QueryApi;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.http.HttpServer;
import io.spoor.runtime.http.Routes;
import io.spoor.runtime.kafka.KafkaReachable;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.kafka.TopicSetup;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import io.spoor.runtime.settings.Settings;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything between Kafka and the user: topics, enrich, aggregate, and one HTTP server for ingest and queries. */
public final class ServicesRole implements Role {
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Supplier<Settings> settings;
    private final Tokens tokens;
    private final BooleanSupplier stop;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable HttpServer server;

    /**
     * Makes the role.
     *
     * @param settings asked when the role starts: only then Kafka's address is known
     * @param tokens who may come in
     * @param stop whether the user does not want to wait any longer
     */
    public ServicesRole(Supplier<Settings> settings, Tokens tokens, BooleanSupplier stop) {
        this.settings = settings;
        this.tokens = tokens;
        this.stop = stop;
    }

    @Override
    public String name() {
        return "the services, which find what they kept";
    }

    /** Where HTTP is served; known once the role has started. */
    public Address address() {
        if (server == null) {
            throw new IllegalStateException("the services have not started");
        }
        return server.address();
    }

    /** The same as a URL. */
    URI uri() {
        if (server == null) {
            throw new IllegalStateException("the services have not started");
        }
        return server.uri();
    }

    @Override
    public void start() {
        AllSettings all = settings.get().read(AllSettings::from);
        InstantSource clock = InstantSource.system();
        TopicSetup.ensure(all.kafka(), topics(all.kafka()));
        Meters meters = open(new Meters());
        Enrich enrich = open(Enrich.start(all.enrich(), all.kafka(), meters));
        Aggregate aggregate =
                open(Aggregate.start(all.aggregate(), all.kafka(), all.http().bind(), Enrich.ROLE, meters, clock));
        Ingest ingest = open(Ingest.start(all.ingest(), all.http(), all.kafka(), meters, clock));
        KafkaReachable kafka = open(new KafkaReachable(all.kafka(), clock));
        List<Routes> routes = new ArrayList<>(ingest.routes());
        routes.add(new QueryApi(all.query(), aggregate, clock));
        List<ReadinessCheck> checks = List.of(kafka, enrich.readiness(), aggregate.readiness(), tokens);
        server = open(HttpServer.start(all.http(), tokens, routes, checks, meters));
        awaitReady(checks);
    }

    private static Set<String> topics(KafkaSettings kafka) {
        Set<String> topics = new TreeSet<>(Ingest.topics(kafka.topics()));
        topics.addAll(Set.of(
                kafka.topics().lines(), kafka.topics().runs(), kafka.topics().links()));
        return topics;
    }

    private void awaitReady(List<ReadinessCheck> checks) {
        while (!stop.getAsBoolean()
                && !checks.stream().allMatch(check -> check.check().ok())) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** In reverse: no request meets a closed store, and nothing acknowledged is left in a buffer. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("Closing failed", e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
