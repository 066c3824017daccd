package io.spoor.ingest.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spoor.runtime.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A metrics push, {@code {type, metrics: [{name, type, value?, labels?, buckets?, count?, sum?}], …}}. Points that exceed the
 * protocol's limits are refused one by one, and the push is taken without them; a push without refused points keeps its bytes.
 * A push of more than 2,000 points, or without a list of them, is refused as a whole.
 */
final class MetricsPush {
    private static final int MAX_POINTS = 2_000;
    private static final int MAX_NAME = 128;
    private static final int MAX_LABEL_NAME = 64;
    private static final int MAX_LABEL_VALUE = 256;
    private static final int MAX_LABELS = 15;
    private static final int MAX_BUCKETS = 30;
    private static final Set<String> TYPES = Set.of("counter", "gauge", "upDownCounter", "histogram");

    // Numbers and texts are to come out as they went in, halves of surrogate pairs included.
    private static final ObjectMapper JSON = JsonMapper.builder(MessageBody.JSON)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private MetricsPush() {}

    static void check(Line message, LineCollector out) throws TooManyLines {
        try {
            check(message, JSON.readTree(message.bytes()), out);
        } catch (JsonProcessingException e) {
            out.refuse(message, RefusedLine.NOT_AN_OBJECT, Label.withoutControls(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Line message, JsonNode push, LineCollector out) throws IOException, TooManyLines {
        JsonNode points = push.path("metrics");
        if (!points.isArray()) {
            out.refuse(message, RefusedLine.BAD_METRIC, "a push needs a list of \"metrics\"");
            return;
        }
        if (points.size() > MAX_POINTS) {
            out.refuse(message, RefusedLine.BAD_METRIC, points.size() + " metrics, limit " + MAX_POINTS);
            return;
        }
        out.expectRoomFor(points.size());
        ArrayNode good = JSON.createArrayNode();
        for (int i = 0; i < points.size(); i++) {
            String fault = fault(points.get(i));
            if (fault == null) {
                good.add(points.get(i));
            } else {
                String name = Quoted.of(points.get(i).path("name").asText());
                String detail = "metrics[" + i + "] \"" + name + "\": " + fault;
                out.refuse(message.with(JSON.writeValueAsBytes(points.get(i))), RefusedLine.BAD_METRIC, detail);
            }
        }
        if (good.size() == points.size()) {
            out.add(message);
        } else {
            ((ObjectNode) push).set("metrics", good);
            out.add(message.with(JSON.writeValueAsBytes(push)));
        }
    }

    /** What is wrong with a point; null when nothing is. */
    private static @Nullable String fault(JsonNode point) {
        String name = point.path("name").asText();
        if (!point.isObject() || !point.path("name").isTextual() || name.isBlank()) {
            return "no name";
        }
        if (name.length() > MAX_NAME) {
            return over("name", name.length(), MAX_NAME);
        }
        if (!TYPES.contains(point.path("type").asText())) {
            return "type is none of counter, gauge, upDownCounter, histogram";
        }
        for (String member : new String[] {"value", "count", "sum"}) {
            JsonNode number = point.path(member);
            if (!isAbsent(number) && !number.isNumber()) {
                return member + " is not a number";
            }
        }
        String fault = labelFault(point.path("labels"));
        return fault == null ? bucketFault(point.path("buckets")) : fault;
    }

    private static @Nullable String labelFault(JsonNode labels) {
        if (isAbsent(labels)) {
            return null;
        }
        if (!labels.isObject()) {
            return "labels are not an object";
        }
        if (labels.size() > MAX_LABELS) {
            return labels.size() + " labels, limit " + MAX_LABELS;
        }
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            String value = label.getValue().asText();
            if (label.getKey().length() > MAX_LABEL_NAME) {
                return over("label name", label.getKey().length(), MAX_LABEL_NAME);
            }
            if (!label.getValue().isValueNode()) {
                return "a label's value is not a text";
            }
            if (value.length() > MAX_LABEL_VALUE) {
                return over("label value", value.length(), MAX_LABEL_VALUE);
            }
        }
        return null;
    }

    private static @Nullable String bucketFault(JsonNode buckets) {
        if (isAbsent(buckets)) {
            return null;
        }
        if (!buckets.isArray()) {
            return "buckets are not a list";
        }
        if (buckets.size() > MAX_BUCKETS) {
            return buckets.size() + " buckets, limit " + MAX_BUCKETS;
        }
        for (JsonNode bucket : buckets) {
            boolean bounded = bucket.path("le").isNumber() || bucket.path("le").isTextual();
            if (!bounded || !bucket.path("count").isNumber()) {
                return "a bucket needs le and count";
            }
        }
        return null;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String over(String what, int length, int limit) {
        return what + " of " + length + " characters, limit " + limit;
    }
}
