package io.spoor.ingest;

import io.spoor.ingest.door.Intake;
import io.spoor.ingest.door.JsonDoor;
import io.spoor.ingest.door.LokiDoor;
import io.spoor.ingest.door.OtlpDoor;
import io.spoor.ingest.door.RateLimit;
import io.spoor.ingest.write.LineSink;
import io.spoor.ingest.write.RecordWriter;
import io.spoor.model.Topics;
import io.spoor.runtime.http.BodyLimits;
import io.spoor.runtime.http.BodyReader;
import io.spoor.runtime.http.ByteBudget;
import io.spoor.runtime.http.HttpSettings;
import io.spoor.runtime.http.Routes;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.meter.Meters;
import java.time.InstantSource;
import java.util.List;

/**
 * The role {@code ingest}: the doors and the writer behind them. Closed after the HTTP server, so that requests under way
 * still reach Kafka.
 */
public final class Ingest implements AutoCloseable {
    private final RecordWriter writer;
    private final List<Routes> routes;

    private Ingest(RecordWriter writer, List<Routes> routes) {
        this.writer = writer;
        this.routes = List.copyOf(routes);
    }

    /** Opens the producer; Kafka may come up later. */
    public static Ingest start(
            IngestSettings settings, HttpSettings http, KafkaSettings kafka, Meters meters, InstantSource clock) {
        RecordWriter writer = RecordWriter.open(kafka, settings.ackTimeout(), settings.buffer(), meters, clock);
        return new Ingest(writer, doors(settings, http, writer, meters));
    }

    /** The topics that this role needs. */
    public static List<String> topics(Topics topics) {
        return List.of(topics.logsRaw(), topics.eventsRaw(), topics.metricsRaw(), topics.deadLetters());
    }

    /** The doors, for the HTTP server. */
    public List<Routes> routes() {
        return routes;
    }

    /** Sends what is buffered, within the time that Kafka has to acknowledge. */
    @Override
    public void close() {
        writer.close();
    }

    static List<Routes> doors(IngestSettings settings, HttpSettings http, LineSink sink, Meters meters) {
        ByteBudget budget = new ByteBudget(settings.maxInFlight());
        meters.registry().gauge("spoor.ingest.in.flight.bytes", budget, ByteBudget::used);
        BodyReader bodies = new BodyReader(
                new BodyLimits(settings.maxBody(), settings.maxInflated(), http.requestTimeout()), budget);
        RateLimit rate = settings.rateLimit();
        Intake intake = new Intake(bodies, settings.lineLimits(), rate, sink, meters.registry());
        return List.of(
                JsonDoor.logs(intake),
                JsonDoor.events(intake),
                JsonDoor.metrics(intake),
                new LokiDoor(intake),
                new OtlpDoor(intake));
    }
}
