package io.spoor.model;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line as it is kept: the original object's bytes with one member added last, {@code "spoor":{…}}, its {@link Stamp}.
 *
 * <p>Taking that member away gives the original bytes back exactly, also where the original has a {@code spoor} of its
 * own: the last one is ours. Text that is not a JSON object is wrapped as {@code {"message":…,"spoor":{…}}} with
 * {@link Stamp.Flag#TEXT}.
 *
 * <p>The member is found again without parsing, by the last {@code "spoor":} followed by a brace: a quote inside a JSON string
 * is escaped, so the sequence cannot stand inside one of ours, and a stamp sees to it that its metadata has none either.
 */
public final class EnrichedLine {
    private static final byte[] MEMBER = "\"spoor\":{".getBytes(StandardCharsets.US_ASCII);
    private static final SerializedString SPOOR = new SerializedString("spoor");
    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] bytes;
    private final int member;

    private EnrichedLine(byte[] bytes, int member) {
        this.bytes = bytes;
        this.member = member;
    }

    /**
     * The bytes of a line that is a JSON object.
     *
     * @param object holds the object's exact source, from its opening to its closing brace
     */
    public static byte[] ofObject(byte[] object, int offset, int length, Stamp stamp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 256);
        int end = offset + length - 1;
        out.write(object, offset, end - offset);
        int last = end - 1;
        while (last > offset && object[last] <= ' ') {
            last--;
        }
        if (last > offset) {
            out.write(',');
        }
        out.write(MEMBER, 0, MEMBER.length - 1);
        write(out, stamp);
        out.write('}');
        return out.toByteArray();
    }

    /** The bytes of a line that is plain text, kept as it stands, indentation and inner line ends included. */
    public static byte[] ofText(String text, Stamp stamp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 256);
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("message", text);
            json.writeFieldName(SPOOR);
            stamp.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Stamp stamp) {
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            stamp.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what {@link #ofObject} and {@link #ofText} wrote; throws {@link IllegalArgumentException} for other bytes. */
    public static EnrichedLine of(byte[] bytes) {
        for (int at = bytes.length - MEMBER.length - 2; at > 0; at--) {
            if (Arrays.equals(bytes, at, at + MEMBER.length, MEMBER, 0, MEMBER.length)) {
                return new EnrichedLine(bytes, at);
            }
        }
        throw new IllegalArgumentException("A line without its spoor member");
    }

    public Stamp stamp() {
        int from = member + MEMBER.length - 1;
        return Stamp.read(bytes, from, bytes.length - 1 - from);
    }

    /** The line as it was shipped, byte for byte; for a text line the object {@code {"message":…}}. */
    public byte[] original() {
        int end = bytes[member - 1] == ',' ? member - 1 : member;
        byte[] original = Arrays.copyOf(bytes, end + 1);
        original[end] = '}';
        return original;
    }
}
