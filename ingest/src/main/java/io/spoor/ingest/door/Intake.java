package io.spoor.ingest.door;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.ingest.wire.MalformedBody;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.wire.TooManyLines;
import io.spoor.ingest.write.LineSink;
import io.spoor.ingest.write.Unavailable;
import io.spoor.runtime.http.Body;
import io.spoor.runtime.http.BodyReader;
import io.spoor.runtime.http.Problem;
import java.io.IOException;

/**
 * What all doors do alike: ask the rate limit, read the body within its limits, decode all of it, write it, count it. Nothing
 * is written before everything is decoded, so that a batch which is answered as refused was not taken in part.
 */
public final class Intake {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final BodyReader bodies;
    private final LineLimits limits;
    private final RateLimit rate;
    private final LineSink sink;
    private final MeterRegistry registry;

    public Intake(BodyReader bodies, LineLimits limits, RateLimit rate, LineSink sink, MeterRegistry registry) {
        this.bodies = bodies;
        this.limits = limits;
        this.rate = rate;
        this.sink = sink;
        this.registry = registry;
    }

    /** Turns a body into lines. */
    interface Codec {
        Shipment lines(Body body, LineLimits limits) throws MalformedBody, TooManyLines, IOException;
    }

    DoorMeters meters(String door) {
        return new DoorMeters(door, registry);
    }

    LineLimits limits() {
        return limits;
    }

    /** See {@link BodyReader#unsnappy}. */
    Body unsnappy(Body block) throws IOException {
        return bodies.unsnappy(block);
    }

    /**
     * Takes one request in.
     *
     * @throws Problem 400, 408, 413, 415, 429 or 503, and nothing is to be relied on as taken then
     */
    Shipment take(Context ctx, RawTopic topic, DoorMeters meters, Codec codec) throws IOException {
        long began = System.nanoTime();
        rate.admit(ctx);
        try (Body body = bodies.read(ctx)) {
            rate.charge(ctx, body.bytes().length);
            Shipment shipment = codec.lines(body, limits);
            sink.write(topic, shipment);
            meters.took(shipment, System.nanoTime() - began);
            return shipment;
        } catch (MalformedBody e) {
            throw Problem.badRequest("malformed-body", "Malformed body", e.getMessage() + ". Nothing was taken.")
                    .with("position", e.position());
        } catch (TooManyLines e) {
            throw Problem.bodyTooLarge(e.limit(), "The body has more than " + e.limit() + " lines; send it in parts.");
        } catch (Unavailable e) {
            throw Problem.unavailable(e.getMessage() + " Repeat the request.", RETRY_AFTER_SECONDS);
        }
    }
}
