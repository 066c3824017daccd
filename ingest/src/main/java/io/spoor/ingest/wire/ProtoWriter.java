package io.spoor.ingest.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a protobuf message, field by field. */
public final class ProtoWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number; 0 is the default and not written. */
    public ProtoWriter number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3 | ProtoReader.VARINT);
            varint(value);
        }
        return this;
    }

    /** A text; the empty one is the default and not written. */
    public ProtoWriter text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return utf8.length == 0 ? this : bytes(field, utf8, 0, utf8.length);
    }

    /** A message within this one. */
    public ProtoWriter message(int field, ProtoWriter message) {
        byte[] bytes = message.toByteArray();
        return bytes(field, bytes, 0, bytes.length);
    }

    ProtoWriter bytes(int field, byte[] from, int start, int end) {
        varint((long) field << 3 | ProtoReader.LENGTH);
        varint(end - start);
        return raw(from, start, end);
    }

    /** Fields that are encoded already. */
    ProtoWriter raw(byte[] from, int start, int end) {
        out.write(from, start, end - start);
        return this;
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }
}
