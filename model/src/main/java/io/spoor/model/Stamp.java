package io.spoor.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What enrich found out about a line: the {@code spoor} member of an {@link EnrichedLine}.
 *
 * <p>As JSON: {@code {"id":"0-7","at":1773311400000,"tier":"agent","service":"orchestrator","host":"h1","env":"prod",
 * "instance":"a1","level":"info","forwarded":true,"milestone":"job.started","via":"http","clock":"skewed",
 * "format":"text","untimed":true}}; what is absent is left out. The one object in it is
 * {@code meta}, which holds no member {@code spoor}: {@link EnrichedLine} relies on that to find the stamp again.
 *
 * @param at the line's time, epoch milliseconds, within bounds
 * @param tier the tier that produced the line
 * @param service the shipper's label, not the line's own
 * @param forwarded the line was printed again by another tier than the one that produced it
 * @param flags what was noticed on the way in
 * @param meta what else the shipper said, a JSON object; within it {@code spoor} with an object is written {@code _spoor}, since a
 *     line's stamp is found by that sequence
 */
public record Stamp(
        LineId id,
        long at,
        String tier,
        @Nullable String service,
        @Nullable String host,
        @Nullable String env,
        @Nullable String instance,
        Level level,
        boolean forwarded,
        @Nullable Milestone milestone,
        @Nullable String via,
        Set<Flag> flags,
        @Nullable String meta) {

    /** What was noticed about a line on its way in. */
    public enum Flag {
        /** The line's own time was absurd; {@code at} is the time of arrival. Written {@code "clock":"skewed"}. */
        SKEWED,
        /** The line is not a JSON object, but text wrapped as {@code message}. Written {@code "format":"text"}. */
        TEXT,
        /** The line has no time of its own; {@code at} comes from an envelope or is the time of arrival. */
        UNTIMED,
        /** Bytes that were not UTF-8 became U+FFFD. */
        REPLACED,
        /** A piece of a line that a container runtime had cut. */
        PARTIAL,
        /** Wrapped in more envelopes than are opened. */
        NESTED
    }

    private static final JsonFactory JSON = new JsonFactory();

    public Stamp {
        flags = Set.copyOf(flags);
        meta = meta == null ? null : meta.replace("\"spoor\":{", "\"_spoor\":{");
    }

    /** Of a line of which nothing else was said. */
    public Stamp(
            LineId id,
            long at,
            String tier,
            @Nullable String service,
            @Nullable String host,
            @Nullable String env,
            @Nullable String instance,
            Level level,
            boolean forwarded,
            @Nullable Milestone milestone,
            @Nullable String via,
            Set<Flag> flags) {
        this(id, at, tier, service, host, env, instance, level, forwarded, milestone, via, flags, null);
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id.toString());
        json.writeNumberField("at", at);
        json.writeStringField("tier", tier);
        writeIfPresent(json, "service", service);
        writeIfPresent(json, "host", host);
        writeIfPresent(json, "env", env);
        writeIfPresent(json, "instance", instance);
        json.writeStringField("level", level.text());
        if (forwarded) {
            json.writeBooleanField("forwarded", true);
        }
        writeIfPresent(json, "milestone", milestone == null ? null : milestone.text());
        writeIfPresent(json, "via", via);
        if (has(Flag.SKEWED)) {
            json.writeStringField("clock", "skewed");
        }
        if (has(Flag.TEXT)) {
            json.writeStringField("format", "text");
        }
        for (Flag flag : NAMED_FLAGS) {
            if (has(flag)) {
                json.writeBooleanField(nameOf(flag), true);
            }
        }
        if (meta != null) {
            json.writeFieldName("meta");
            json.writeRawValue(meta);
        }
        json.writeEndObject();
    }

    private static final Set<Flag> NAMED_FLAGS = EnumSet.of(Flag.UNTIMED, Flag.REPLACED, Flag.PARTIAL, Flag.NESTED);

    private static String nameOf(Flag flag) {
        return switch (flag) {
            case SKEWED -> "clock";
            case TEXT -> "format";
            case UNTIMED -> "untimed";
            case REPLACED -> "replaced";
            case PARTIAL -> "partial";
            case NESTED -> "nested";
        };
    }

    private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** Reads a stamp from its JSON; unknown members are skipped, so that an older reader survives a newer writer. */
    static Stamp read(byte[] json, int offset, int length) {
        try (JsonParser parser = JSON.createParser(json, offset, length)) {
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stamp read(JsonParser parser) throws IOException {
        LineId id = null;
        long at = 0;
        String tier = null;
        String service = null;
        String host = null;
        String env = null;
        String instance = null;
        Level level = Level.INFO;
        boolean forwarded = false;
        Milestone milestone = null;
        String via = null;
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        String meta = null;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = LineId.parse(parser.getText());
                case "at" -> at = parser.getLongValue();
                case "tier" -> tier = parser.getText();
                case "service" -> service = parser.getText();
                case "host" -> host = parser.getText();
                case "env" -> env = parser.getText();
                case "instance" -> instance = parser.getText();
                case "level" -> level = Level.ofText(parser.getText());
                case "forwarded" -> forwarded = parser.getBooleanValue();
                case "milestone" -> milestone = Milestone.ofText(parser.getText());
                case "via" -> via = parser.getText();
                case "clock" -> flags.add(Flag.SKEWED);
                case "format" -> flags.add(Flag.TEXT);
                case "untimed" -> flags.add(Flag.UNTIMED);
                case "replaced" -> flags.add(Flag.REPLACED);
                case "partial" -> flags.add(Flag.PARTIAL);
                case "nested" -> flags.add(Flag.NESTED);
                case "meta" -> meta = copied(parser);
                default -> parser.skipChildren();
            }
        }
        if (id == null || tier == null) {
            throw new IllegalArgumentException("A stamp without id or tier");
        }
        return new Stamp(id, at, tier, service, host, env, instance, level, forwarded, milestone, via, flags, meta);
    }

    private static String copied(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }
}
