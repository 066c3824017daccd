package io.spoor.enrich;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spoor.enrich.json.JsonScan;
import io.spoor.enrich.unwrap.Extras;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a line beside it, and is kept beside it as the stamp's {@code meta}: Loki's labels and structured metadata,
 * OTLP's attributes and ids. Ids and levels found here count where the line itself has none.
 *
 * <p>One instance serves one thread and is read anew for each line.
 */
final class Beside {
    private static final JsonFactory JSON = new JsonFactory();

    /** Larger metadata is left out, so that no line grows beyond what a topic takes. */
    private static final int MAX_BYTES = 64 * 1024;

    private final JsonScan scan;
    private byte @Nullable [] object;
    private @Nullable String level;

    Beside(int maxDepth) {
        scan = new JsonScan(maxDepth);
    }

    /** Reads what a door's headers and the line's wrapper say. */
    Beside read(Map<String, String> meta, Extras extras) {
        level = extras.level();
        byte[] attributes = extras.attributes();
        object = null;
        if (!meta.isEmpty() || attributes != null || extras.traceId() != null || extras.spanId() != null) {
            byte[] all = write(meta, extras, attributes);
            byte[] kept = all.length <= MAX_BYTES
                    ? all
                    : ("{\"omitted\":\"" + all.length + " bytes\"}").getBytes(StandardCharsets.US_ASCII);
            if (scan.scan(kept, 0, kept.length) == JsonScan.Outcome.VALUE) {
                object = kept;
            }
        }
        return this;
    }

    private static byte[] write(Map<String, String> meta, Extras extras, byte @Nullable [] attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, String> member : meta.entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            if (extras.traceId() != null) {
                json.writeStringField("traceId", extras.traceId());
            }
            if (extras.spanId() != null) {
                json.writeStringField("spanId", extras.spanId());
            }
            json.flush();
            if (attributes != null && attributes.length > 2) {
                if (out.size() > 1) {
                    out.write(',');
                }
                // An object's members as they are written, between its braces.
                out.write(attributes, 1, attributes.length - 2);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return out.toByteArray();
    }

    /** Its members; null when nothing was said. */
    @Nullable
    JsonScan members() {
        return object == null ? null : scan;
    }

    /** The level in the wrapper's own word. */
    @Nullable
    String level() {
        return level;
    }

    /** As JSON; null when nothing was said. */
    @Nullable
    String text() {
        return object == null ? null : new String(object, StandardCharsets.UTF_8);
    }
}
