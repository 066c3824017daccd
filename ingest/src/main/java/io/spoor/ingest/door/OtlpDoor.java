package io.spoor.ingest.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spoor.ingest.wire.OtlpRequest;
import io.spoor.ingest.wire.ProtoWriter;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.RefusedLine;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.wire.ShippedHeaders;
import io.spoor.runtime.Quoted;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.http.EarlyAnswer;
import io.spoor.runtime.http.ErrorFormat;
import io.spoor.runtime.http.Problem;
import io.spoor.runtime.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code POST /v1/logs} and {@code /otlp/v1/logs}: OTLP over HTTP in protobuf and in JSON. Answers are in the encoding of the
 * request: 200 and an empty {@code ExportLogsServiceResponse} when all is acknowledged, with {@code partial_success} when log
 * records were refused by themselves, which are dead letters then and not to be sent again.
 *
 * <p>Errors are a {@code google.rpc.Status}: 400 for what cannot be decoded, 413, 415; and what an exporter may repeat, 429 and
 * 503 with {@code Retry-After}. Source: opentelemetry.io/docs/specs/otlp, "OTLP/HTTP".
 */
public final class OtlpDoor implements Routes {
    private static final String DOOR = "otlp";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON_TYPE = "application/json";
    private static final Map<String, String> HEADERS = Map.of(ShippedHeaders.VIA, DOOR);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Intake intake;
    private final DoorMeters meters;

    public OtlpDoor(Intake intake) {
        this.intake = intake;
        this.meters = intake.meters(DOOR);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v1/logs", this::take, Scope.INGEST, (ErrorFormat) OtlpDoor::refuse);
        routes.post("/otlp/v1/logs", this::take, Scope.INGEST, (ErrorFormat) OtlpDoor::refuse);
    }

    private void take(Context ctx) throws IOException {
        String mediaType = MediaType.of(ctx);
        boolean protobuf = mediaType.equals(PROTOBUF);
        if (!protobuf && !mediaType.equals(JSON_TYPE)) {
            throw Problem.unsupportedMediaType("Content-Type " + Quoted.of(mediaType) + " is not taken here; send "
                            + PROTOBUF + " or " + JSON_TYPE + ".")
                    .header("Accept", PROTOBUF + ", " + JSON_TYPE);
        }
        Shipment shipment = intake.take(
                ctx,
                RawTopic.LOGS,
                meters,
                (body, limits) -> protobuf
                        ? OtlpRequest.protobuf(body.bytes(), HEADERS, limits)
                        : OtlpRequest.json(body.bytes(), HEADERS, limits));
        answer(ctx.status(200), protobuf, protobuf ? partial(shipment).toByteArray() : jsonPartial(shipment));
    }

    private static void refuse(Problem problem, Context ctx) {
        boolean protobuf = MediaType.of(ctx).equals(PROTOBUF);
        answer(ctx.status(problem.status()), protobuf, protobuf ? status(problem) : jsonStatus(problem));
    }

    private static void answer(Context ctx, boolean protobuf, byte[] message) {
        ctx.contentType(protobuf ? PROTOBUF : JSON_TYPE);
        EarlyAnswer.send(ctx, message);
    }

    private static ProtoWriter partial(Shipment shipment) {
        ProtoWriter response = new ProtoWriter();
        int refused = shipment.refused().size();
        return refused == 0
                ? response
                : response.message(1, new ProtoWriter().number(1, refused).text(2, complaint(shipment)));
    }

    private static byte[] jsonPartial(Shipment shipment) throws IOException {
        Map<String, Object> response = new LinkedHashMap<>();
        if (!shipment.refused().isEmpty()) {
            Map<String, String> partial = new LinkedHashMap<>();
            partial.put(
                    "rejectedLogRecords", Integer.toString(shipment.refused().size()));
            partial.put("errorMessage", complaint(shipment));
            response.put("partialSuccess", partial);
        }
        return JSON.writeValueAsBytes(response);
    }

    /** The first refusal stands for all. */
    private static String complaint(Shipment shipment) {
        RefusedLine first = shipment.refused().get(0);
        return "Log record " + first.line().number() + ": " + first.reason() + ", " + first.detail() + ".";
    }

    private static byte[] status(Problem problem) {
        return new ProtoWriter()
                .number(1, code(problem.status()))
                .text(2, problem.detail())
                .toByteArray();
    }

    private static byte[] jsonStatus(Problem problem) {
        return JSON.createObjectNode()
                .put("code", code(problem.status()))
                .put("message", problem.detail())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The code of {@code google.rpc.Code} that means the same. */
    private static int code(int status) {
        return switch (status) {
            case 401 -> 16; // UNAUTHENTICATED
            case 403 -> 7; // PERMISSION_DENIED
            case 408 -> 4; // DEADLINE_EXCEEDED
            case 413, 429 -> 8; // RESOURCE_EXHAUSTED
            case 503 -> 14; // UNAVAILABLE
            default -> 3; // INVALID_ARGUMENT
        };
    }
}
