package io.spoor.ingest.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A body of messages, framed like a {@link LogBody}: NDJSON, an array or one object. Each message is a JSON object that says
 * its {@code type}; one that does not is refused by itself, the others are taken with their exact bytes.
 */
public final class MessageBody {
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private MessageBody() {}

    /** Status messages: what they tell beyond their type is not looked at. */
    public static Shipment events(byte[] body, boolean json, Map<String, String> headers, LineLimits limits)
            throws MalformedBody, TooManyLines {
        return each(LogBody.lines(body, json, headers, limits), limits, (message, type, out) -> out.add(message));
    }

    /** Metrics pushes, whose points are checked by {@link MetricsPush}, and reports of other types. */
    public static Shipment metrics(byte[] body, boolean json, Map<String, String> headers, LineLimits limits)
            throws MalformedBody, TooManyLines {
        return each(LogBody.lines(body, json, headers, limits), limits, (message, type, out) -> {
            if (type.endsWith(".metrics")) {
                MetricsPush.check(message, out);
            } else {
                out.add(message);
            }
        });
    }

    private interface Taking {
        void take(Line message, String type, LineCollector out) throws TooManyLines;
    }

    private static Shipment each(Shipment framed, LineLimits limits, Taking taking) throws TooManyLines {
        LineCollector out = new LineCollector(limits);
        out.take(framed.refused(), framed.blank(), framed.numbering());
        for (Line message : framed.lines()) {
            try (JsonParser parser = message.parser(JSON)) {
                String type = type(parser);
                if (type.isBlank()) {
                    out.refuse(message, RefusedLine.NO_TYPE, "a message needs a \"type\" that is a text");
                } else {
                    taking.take(message, type, out);
                }
            } catch (JsonProcessingException e) {
                out.refuse(message, RefusedLine.NOT_AN_OBJECT, Label.withoutControls(e.getOriginalMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return out.shipment();
    }

    /** Reads an object to its end; of a repeated member the last counts, as everywhere. */
    private static String type(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "not a JSON object");
        }
        String type = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("type")) {
                type = value == JsonToken.VALUE_STRING ? parser.getText() : "";
            }
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more than one JSON object");
        }
        return type;
    }
}
