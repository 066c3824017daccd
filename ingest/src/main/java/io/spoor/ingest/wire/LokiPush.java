package io.spoor.ingest.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loki's push request in JSON (grafana/loki, pkg/loghttp/push): {@code {"streams":[{"stream":{labels},
 * "values":[["<ns>","<line>",{metadata}]]}]}}. Anything that is not of this shape makes the whole request undecodable, as in
 * Loki.
 */
public final class LokiPush {
    // The body is limited already, and within it a line may be as long as it likes: it is refused by itself.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final String via;
    private final LineCollector out;
    private int number;

    private LokiPush(JsonParser parser, String via, LineLimits limits) {
        this.parser = parser;
        this.via = via;
        this.out = new LineCollector(limits);
    }

    /**
     * Decodes a push.
     *
     * @param via the door, for {@link ShippedHeaders#VIA}
     */
    public static Shipment lines(byte[] body, String via, LineLimits limits) throws MalformedBody, TooManyLines {
        try (JsonParser parser = JSON.createParser(body)) {
            LokiPush push = new LokiPush(parser, via, limits);
            push.request();
            return push.out.shipment();
        } catch (JsonProcessingException e) {
            long position =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new MalformedBody(position, Label.withoutControls(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void request() throws IOException, MalformedBody, TooManyLines {
        parser.nextToken();
        expect(JsonToken.START_OBJECT, "an object with streams");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("streams") && token != JsonToken.VALUE_NULL) {
                expect(JsonToken.START_ARRAY, "an array of streams");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    stream();
                }
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw malformed("nothing after the object");
        }
    }

    private void stream() throws IOException, MalformedBody, TooManyLines {
        expect(JsonToken.START_OBJECT, "a stream");
        Map<String, String> labels = Map.of();
        List<Entry> entries = new ArrayList<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("stream") && token != JsonToken.VALUE_NULL) {
                labels = texts("labels");
                checkNames(labels);
            } else if (name.equals("values") && token != JsonToken.VALUE_NULL) {
                expect(JsonToken.START_ARRAY, "an array of values");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (parser.currentToken() != JsonToken.VALUE_NULL) {
                        out.expectRoomFor(entries.size() + 1);
                        entries.add(entry());
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
        Map<String, String> shared = LokiHeaders.ofStream(via, labels);
        for (Entry entry : entries) {
            out.add(
                    entry.line(),
                    0,
                    entry.line().length,
                    ++number,
                    LokiHeaders.ofEntry(shared, entry.at(), entry.metadata()));
        }
    }

    private Entry entry() throws IOException, MalformedBody {
        expect(JsonToken.START_ARRAY, "an array of time and line");
        parser.nextToken();
        expect(JsonToken.VALUE_STRING, "nanoseconds in a string");
        long at = nanoseconds(parser.getText());
        parser.nextToken();
        expect(JsonToken.VALUE_STRING, "the line as a string");
        byte[] line = parser.getText().getBytes(StandardCharsets.UTF_8);
        Map<String, String> metadata = Map.of();
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            metadata = texts("structured metadata");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
        return new Entry(at, line, metadata);
    }

    private long nanoseconds(String text) throws MalformedBody {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw malformed("nanoseconds in a string");
        }
    }

    private Map<String, String> texts(String what) throws IOException, MalformedBody {
        expect(JsonToken.START_OBJECT, what + " as an object of strings");
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            expect(JsonToken.VALUE_STRING, what + " as an object of strings");
            LokiHeaders.put(texts, name, parser.getText());
        }
        return texts;
    }

    private void checkNames(Map<String, String> labels) throws MalformedBody {
        for (String name : labels.keySet()) {
            if (!LokiHeaders.isLabelName(name)) {
                throw new MalformedBody(
                        parser.currentLocation().getByteOffset(),
                        "couldn't parse labels: a name must match [a-zA-Z_][a-zA-Z0-9_]*");
            }
        }
    }

    private void expect(JsonToken token, String what) throws MalformedBody {
        if (parser.currentToken() != token) {
            throw malformed(what);
        }
    }

    private MalformedBody malformed(String expected) {
        return new MalformedBody(parser.currentTokenLocation().getByteOffset(), "expected " + expected);
    }

    /** Lives only between two loops here, so that its array is never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(long at, byte[] line, Map<String, String> metadata) {}
}
