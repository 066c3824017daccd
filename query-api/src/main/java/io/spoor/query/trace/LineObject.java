package io.spoor.query.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the JSON object that a stored line is, as much of it as a question needs. Numbers stay the text that was printed:
 * none is rounded, and a hostile one costs no more than its length.
 */
final class LineObject {
    /** The members that stories, filters and answers look at. */
    static final Set<String> TOLD = Set.of(
            "message",
            "timestamp",
            "service",
            "requestId",
            "runId",
            "jobId",
            "job",
            "traceId",
            "spanId",
            "deliveryId",
            "eventId",
            "routingKey");

    /** What some lines call an id. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of("request_id", "requestId", "run_id", "runId", "job_id", "jobId");

    // Whatever enrich took must be readable; it bounds lengths, and nesting below what is the default here.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private LineObject() {}

    /** The members of {@link #TOLD} that are plain values, as text; of several with one name the last. */
    static Map<String, String> texts(byte[] object) {
        return read(object, in -> {
            Map<String, String> texts = new HashMap<>();
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
                    in.skipChildren();
                } else if (TOLD.contains(name)) {
                    texts.put(name, in.getText());
                } else if (OTHER_NAMES.containsKey(name)) {
                    texts.putIfAbsent(OTHER_NAMES.get(name), in.getText());
                }
            }
            return texts;
        });
    }

    /** The whole object as maps, lists, texts and {@link Literal}s; equal ones are equal whatever the order of members. */
    @SuppressWarnings("unchecked") // an object is a map
    static Map<String, Object> members(byte[] object) {
        return (Map<String, Object>) read(object, in -> {
            in.nextToken();
            return value(in);
        });
    }

    /** Whether the condition holds for any text in the object, names of members and numbers included. */
    static boolean anyText(byte[] object, Predicate<String> condition) {
        return read(object, in -> {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if ((token.isScalarValue() || token == JsonToken.FIELD_NAME) && condition.test(in.getText())) {
                    return true;
                }
            }
            return false;
        });
    }

    /** A number, {@code true}, {@code false} or {@code null}, as it was printed. */
    private record Literal(String text) {}

    private static Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> members = new HashMap<>();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String name = in.currentName();
                    in.nextToken();
                    members.put(name, value(in));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(in));
                }
                yield values;
            }
            case VALUE_STRING -> in.getText();
            default -> new Literal(in.getText());
        };
    }

    private static <T> T read(byte[] object, Reading<T> reading) {
        try (JsonParser in = JSON.createParser(object)) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored line that is not JSON", e);
        }
    }

    private interface Reading<T> {
        T from(JsonParser in) throws IOException;
    }
}
