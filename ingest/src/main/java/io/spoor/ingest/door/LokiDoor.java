package io.spoor.ingest.door;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.ingest.wire.LokiPush;
import io.spoor.ingest.wire.MalformedBody;
import io.spoor.ingest.wire.RefusedLine;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.wire.ShippedHeaders;
import io.spoor.ingest.wire.TooManyLines;
import io.spoor.ingest.write.LineSink;
import io.spoor.ingest.write.Unavailable;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.http.Body;
import io.spoor.runtime.http.BodyReader;
import io.spoor.runtime.http.EarlyAnswer;
import io.spoor.runtime.http.ErrorFormat;
import io.spoor.runtime.http.Problem;
import io.spoor.runtime.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code POST /loki/api/v1/push}: what speaks to Loki can speak to Spoor. 204 when every line is acknowledged; errors are
 * plain text, as Loki's clients expect, and old or disordered lines are welcome. Tenants are not told apart.
 */
public final class LokiDoor implements Routes {
    private static final String PATH = "/loki/api/v1/push";
    private static final String DOOR = "loki";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final BodyReader bodies;
    private final LineLimits limits;
    private final LineSink sink;
    private final DoorMeters meters;

    public LokiDoor(BodyReader bodies, LineLimits limits, LineSink sink, MeterRegistry registry) {
        this.bodies = bodies;
        this.limits = limits;
        this.sink = sink;
        this.meters = new DoorMeters(DOOR, registry);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        ErrorFormat asText = (problem, ctx) -> text(ctx, problem.status(), problem.detail());
        routes.post(PATH, this::take, Scope.INGEST, asText);
    }

    private void take(Context ctx) throws IOException {
        try {
            push(ctx);
        } catch (MalformedBody e) {
            text(ctx, 400, e.getMessage());
        } catch (TooManyLines e) {
            text(ctx, 413, "The push has more than " + e.limit() + " entries; send it in parts.");
        } catch (Unavailable e) {
            ctx.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
            text(ctx, 503, e.getMessage() + " Repeat the request.");
        }
    }

    private void push(Context ctx) throws IOException, MalformedBody, TooManyLines, Unavailable {
        long began = System.nanoTime();
        String mediaType = MediaType.of(ctx);
        if (!mediaType.isEmpty() && !mediaType.equals("application/json")) {
            throw notJson();
        }
        try (Body body = bodies.read(ctx)) {
            if (mediaType.isEmpty() && !beginsLikeJson(body.bytes())) {
                throw notJson();
            }
            Shipment shipment = LokiPush.lines(body.bytes(), DOOR, limits);
            sink.write(shipment);
            meters.took(shipment, System.nanoTime() - began);
            if (shipment.refused().isEmpty()) {
                ctx.status(204);
            } else {
                text(ctx, 400, complaint(shipment));
            }
        }
    }

    private static Problem notJson() {
        return Problem.unsupportedMediaType(
                        "Only the JSON form of a push is taken; send Content-Type: application/json.")
                .header("Accept", "application/json");
    }

    private static boolean beginsLikeJson(byte[] body) {
        return body.length > 0 && body[0] == '{';
    }

    /** In Loki's words, which shippers log; the other lines are kept, as in Loki. */
    private String complaint(Shipment shipment) {
        return shipment.refused().stream()
                .map(this::complaint)
                .distinct()
                .limit(10)
                .collect(Collectors.joining("; "));
    }

    private String complaint(RefusedLine refused) {
        return "max entry size '" + limits.maxLineBytes() + "' bytes exceeded for stream '"
                + selector(refused.line().headers()) + "' while adding an entry with length '"
                + refused.line().length() + "' bytes";
    }

    private static String selector(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> !header.getKey().startsWith(ShippedHeaders.META))
                .filter(header -> !header.getKey().equals(ShippedHeaders.AT)
                        && !header.getKey().equals(ShippedHeaders.VIA))
                .map(header -> header.getKey().substring("spoor.".length()) + "=\"" + header.getValue() + "\"")
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static void text(Context ctx, int status, String sentence) {
        ctx.status(status).contentType("text/plain; charset=utf-8");
        EarlyAnswer.send(ctx, (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
