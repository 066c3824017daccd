package io.spoor.ingest.door;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.ingest.wire.LokiProtobuf;
import io.spoor.ingest.wire.LokiPush;
import io.spoor.ingest.wire.MalformedBody;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.RefusedLine;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.wire.ShippedHeaders;
import io.spoor.ingest.wire.TooManyLines;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.http.Body;
import io.spoor.runtime.http.EarlyAnswer;
import io.spoor.runtime.http.ErrorFormat;
import io.spoor.runtime.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code POST /loki/api/v1/push}: what speaks to Loki can speak to Spoor. 204 when every line is acknowledged; errors are
 * plain text, as Loki's clients expect, and old or disordered lines are welcome. Tenants are not told apart.
 *
 * <p>{@code application/json} is JSON, any other media type protobuf in a snappy block, with or without {@code
 * Content-Encoding: snappy}, and other codings around the block. Without a media type a body that begins with a brace is JSON.
 *
 * <table>
 *   <caption>Other answers</caption>
 *   <tr><td>400</td><td>undecodable, and nothing was taken; or lines were too long, in Loki's words, and all others were
 *       taken</td></tr>
 *   <tr><td>408, 413, 415, 429, 503</td><td>as at {@link JsonDoor}</td></tr>
 * </table>
 */
public final class LokiDoor implements Routes {
    private static final String PATH = "/loki/api/v1/push";
    private static final String DOOR = "loki";

    private final Intake intake;
    private final DoorMeters meters;

    public LokiDoor(Intake intake) {
        this.intake = intake;
        this.meters = intake.meters(DOOR);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        ErrorFormat asText = (problem, ctx) -> text(ctx, problem.status(), problem.detail());
        routes.post(PATH, this::take, Scope.INGEST, asText);
    }

    private void take(Context ctx) throws IOException {
        boolean blocks = isSnappy(ctx);
        Shipment shipment = intake.take(
                ctx, RawTopic.LOGS, meters, (body, limits) -> lines(MediaType.of(ctx), body, blocks, limits));
        if (shipment.refused().isEmpty()) {
            ctx.status(204);
        } else {
            text(ctx, 400, complaint(shipment));
        }
    }

    /** @param decoded whether the body is out of its snappy block already, since {@code Content-Encoding} named it */
    private Shipment lines(String mediaType, Body body, boolean decoded, LineLimits limits)
            throws MalformedBody, TooManyLines, IOException {
        boolean json = mediaType.equals("application/json") || (mediaType.isEmpty() && beginsLikeJson(body.bytes()));
        if (json) {
            return LokiPush.lines(body.bytes(), DOOR, limits);
        }
        if (decoded) {
            return LokiProtobuf.lines(body.bytes(), DOOR, limits);
        }
        try (Body message = intake.unsnappy(body)) {
            return LokiProtobuf.lines(message.bytes(), DOOR, limits);
        }
    }

    private static boolean isSnappy(Context ctx) {
        String coding = ctx.header("Content-Encoding");
        return coding != null && coding.strip().equalsIgnoreCase("snappy");
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
        return "max entry size '" + intake.limits().maxLineBytes() + "' bytes exceeded for stream '"
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
