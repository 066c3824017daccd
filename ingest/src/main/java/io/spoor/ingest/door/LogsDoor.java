package io.spoor.ingest.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.spoor.ingest.wire.Label;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.ingest.wire.LogBody;
import io.spoor.ingest.wire.MalformedBody;
import io.spoor.ingest.wire.RefusedLine;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.wire.ShippedHeaders;
import io.spoor.ingest.wire.TooManyLines;
import io.spoor.ingest.write.LineSink;
import io.spoor.ingest.write.Unavailable;
import io.spoor.runtime.Quoted;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.http.Body;
import io.spoor.runtime.http.BodyReader;
import io.spoor.runtime.http.Problem;
import io.spoor.runtime.http.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/logs}: NDJSON, concatenated JSON, an array, or lines of text, with the shipper's labels in the query or
 * in {@code X-Spoor-*} headers. 202 when every line is acknowledged; {@code HEAD} is 200 for shippers that look first.
 */
public final class LogsDoor implements Routes {
    private static final String PATH = "/api/v1/logs";
    private static final String DOOR = "http";
    private static final int MAX_ERRORS = 10;
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final String ACCEPTED =
            "application/x-ndjson, application/jsonl, application/json, text/plain, application/octet-stream";
    private static final Set<String> MEDIA_TYPES = Set.of(ACCEPTED.split(", "));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BodyReader bodies;
    private final LineLimits limits;
    private final LineSink sink;
    private final DoorMeters meters;

    public LogsDoor(BodyReader bodies, LineLimits limits, LineSink sink, MeterRegistry registry) {
        this.bodies = bodies;
        this.limits = limits;
        this.sink = sink;
        this.meters = new DoorMeters(DOOR, registry);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(PATH, this::take, Scope.INGEST);
        routes.head(PATH, ctx -> ctx.status(200), Scope.INGEST);
    }

    private void take(Context ctx) throws IOException {
        long began = System.nanoTime();
        String mediaType = MediaType.of(ctx);
        if (!mediaType.isEmpty() && !MEDIA_TYPES.contains(mediaType)) {
            throw Problem.unsupportedMediaType("Content-Type " + Quoted.of(mediaType)
                            + " is not taken here; send one of " + ACCEPTED + ".")
                    .header("Accept", ACCEPTED);
        }
        Map<String, String> headers = headers(ctx);
        try (Body body = bodies.read(ctx)) {
            boolean json = mediaType.equals("application/json");
            Shipment shipment = LogBody.lines(body.bytes(), json, headers, limits);
            sink.write(shipment);
            meters.took(shipment, System.nanoTime() - began);
            ctx.status(202).contentType("application/json").result(JSON.writeValueAsBytes(answer(shipment)));
        } catch (MalformedBody e) {
            throw Problem.badRequest("malformed-body", "Malformed body", e.getMessage() + ". Nothing was taken.")
                    .with("position", e.position());
        } catch (TooManyLines e) {
            throw Problem.bodyTooLarge(e.limit(), "The body has more than " + e.limit() + " lines; send it in parts.");
        } catch (Unavailable e) {
            throw Problem.unavailable(e.getMessage() + " Repeat the request.", RETRY_AFTER_SECONDS);
        }
    }

    private static Map<String, String> headers(Context ctx) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ShippedHeaders.VIA, DOOR);
        put(headers, ShippedHeaders.ENV, label(ctx, "env", "X-Spoor-Env"));
        put(headers, ShippedHeaders.HOST, label(ctx, "host", "X-Spoor-Host"));
        put(headers, ShippedHeaders.SERVICE, label(ctx, "service", "X-Spoor-Service"));
        put(headers, ShippedHeaders.INSTANCE, label(ctx, "instance", "X-Spoor-Instance"));
        return headers;
    }

    private static @Nullable String label(Context ctx, String parameter, String header) {
        String fromQuery = Label.clean(Query.parameter(ctx, parameter));
        return fromQuery != null ? fromQuery : Label.clean(ctx.header(header));
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static Map<String, Object> answer(Shipment shipment) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("accepted", shipment.lines().size());
        if (!shipment.refused().isEmpty()) {
            List<LineError> errors = shipment.refused().stream()
                    .limit(MAX_ERRORS)
                    .map(LineError::of)
                    .toList();
            answer.put("rejected", shipment.refused().size());
            answer.put("errors", errors);
        }
        return answer;
    }

    private record LineError(int line, String reason, String detail) {
        static LineError of(RefusedLine refused) {
            return new LineError(refused.line().number(), refused.reason(), refused.detail());
        }
    }
}
