package io.spoor.ingest.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spoor.ingest.wire.Label;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.ingest.wire.LogBody;
import io.spoor.ingest.wire.MalformedBody;
import io.spoor.ingest.wire.MessageBody;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.RefusedLine;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.wire.ShippedHeaders;
import io.spoor.ingest.wire.TooManyLines;
import io.spoor.runtime.Quoted;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.http.Problem;
import io.spoor.runtime.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spoor's own doors: NDJSON, concatenated JSON, an array or one object, at {@code /api/v1/logs} lines of text too, with the
 * shipper's labels in the query or in {@code X-Spoor-*} headers.
 *
 * <p>202 {@code {"accepted":n}} when everything is acknowledged. What is refused by itself adds {@code "rejected":m} and the
 * first ten {@code "errors":[{"line"|"index", "reason", "detail"}]}: {@code line} counts the body's physical lines from 1,
 * {@code index} the elements of an array from 0. {@code HEAD} is 200 for shippers that look first.
 *
 * <table>
 *   <caption>Other answers, as problem+json</caption>
 *   <tr><td>400</td><td>a malformed array or compression; nothing was taken</td></tr>
 *   <tr><td>408</td><td>the body took too long</td></tr>
 *   <tr><td>413</td><td>too many bytes, inflated bytes or lines; nothing was taken</td></tr>
 *   <tr><td>415</td><td>an unknown {@code Content-Type} ({@code Accept} names the known ones) or {@code Content-Encoding}
 *       ({@code Accept-Encoding} does)</td></tr>
 *   <tr><td>429</td><td>this client sends too fast; {@code Retry-After}</td></tr>
 *   <tr><td>503</td><td>Kafka is away or slow, or there is no room at present; {@code Retry-After}</td></tr>
 * </table>
 */
public final class JsonDoor implements Routes {
    private static final int MAX_ERRORS = 10;
    private static final List<String> JSON_TYPES =
            List.of("application/x-ndjson", "application/jsonl", "application/json");
    private static final List<String> TEXT_TYPES = List.of("text/plain", "application/octet-stream");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final String name;
    private final RawTopic topic;
    private final String accepted;
    private final Set<String> mediaTypes;
    private final Framing framing;
    private final Intake intake;
    private final DoorMeters meters;

    private JsonDoor(
            String path, String name, RawTopic topic, List<String> mediaTypes, Framing framing, Intake intake) {
        this.path = path;
        this.name = name;
        this.topic = topic;
        this.accepted = String.join(", ", mediaTypes);
        this.mediaTypes = Set.copyOf(mediaTypes);
        this.framing = framing;
        this.intake = intake;
        this.meters = intake.meters(name);
    }

    /** Log lines of any kind. */
    public static JsonDoor logs(Intake intake) {
        List<String> types = new ArrayList<>(JSON_TYPES);
        types.addAll(TEXT_TYPES);
        return new JsonDoor("/api/v1/logs", "http", RawTopic.LOGS, types, LogBody::lines, intake);
    }

    /** Status messages: JSON objects that say their {@code type}. */
    public static JsonDoor events(Intake intake) {
        return new JsonDoor("/api/v1/events", "events", RawTopic.EVENTS, JSON_TYPES, MessageBody::events, intake);
    }

    /** Metrics pushes and fleet reports. */
    public static JsonDoor metrics(Intake intake) {
        return new JsonDoor("/api/v1/metrics", "metrics", RawTopic.METRICS, JSON_TYPES, MessageBody::metrics, intake);
    }

    private interface Framing {
        Shipment lines(byte[] body, boolean json, Map<String, String> headers, LineLimits limits)
                throws MalformedBody, TooManyLines;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(path, this::take, Scope.INGEST);
        routes.head(path, ctx -> ctx.status(200), Scope.INGEST);
    }

    private void take(Context ctx) throws IOException {
        String mediaType = MediaType.of(ctx);
        if (!mediaType.isEmpty() && !mediaTypes.contains(mediaType)) {
            throw Problem.unsupportedMediaType("Content-Type " + Quoted.of(mediaType)
                            + " is not taken here; send one of " + accepted + ".")
                    .header("Accept", accepted);
        }
        Map<String, String> headers = headers(ctx);
        boolean json = mediaType.equals("application/json");
        Shipment shipment =
                intake.take(ctx, topic, meters, (body, limits) -> framing.lines(body.bytes(), json, headers, limits));
        ctx.status(202).contentType("application/json").result(JSON.writeValueAsBytes(answer(shipment)));
    }

    private Map<String, String> headers(Context ctx) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ShippedHeaders.VIA, name);
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
        answer.put("accepted", shipment.count());
        if (!shipment.refused().isEmpty()) {
            answer.put("rejected", shipment.refused().size());
            answer.put(
                    "errors",
                    shipment.refused().stream()
                            .limit(MAX_ERRORS)
                            .map(refused -> error(refused, shipment.numbering()))
                            .toList());
        }
        return answer;
    }

    private static Map<String, Object> error(RefusedLine refused, Shipment.Numbering numbering) {
        Map<String, Object> error = new LinkedHashMap<>();
        int number = refused.line().number();
        switch (numbering) {
            case LINES -> error.put("line", number);
            case ELEMENTS -> error.put("index", number - 1);
        }
        error.put("reason", refused.reason());
        error.put("detail", refused.detail());
        return error;
    }
}
