package io.spoor.ingest.wire;

/**
 * The fields of one protobuf message, in the order of its bytes and without copying any of them. Nested messages are read
 * by a reader of their own over {@link #from} and {@link #to}. Groups, which proto3 does not have, are malformed.
 * Source: protobuf.dev/programming-guides/encoding.
 */
final class ProtoReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private final byte[] in;
    private final int end;
    private int at;

    private int tagFrom;
    private int field;
    private int wire;
    private int from;
    private int to;
    private long number;

    ProtoReader(byte[] in, int from, int end) {
        this.in = in;
        this.at = from;
        this.end = end;
    }

    /** Goes to the next field; false at the end of the message. */
    boolean next() throws MalformedBody {
        if (at == end) {
            return false;
        }
        tagFrom = at;
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw new MalformedBody(tagFrom, "expected a field's number");
        }
        from = at;
        switch (wire) {
            case VARINT -> number = varint();
            case FIXED64 -> skip(8);
            case FIXED32 -> skip(4);
            case LENGTH -> {
                long length = varint();
                from = at;
                skip(length);
            }
            default -> throw new MalformedBody(tagFrom, "expected a wire type of 0, 1, 2 or 5 but found " + wire);
        }
        to = at;
        return true;
    }

    int field() {
        return field;
    }

    int wire() {
        return wire;
    }

    /** Of the first byte of the field's tag. */
    int tagFrom() {
        return tagFrom;
    }

    /** Of the value's first byte, behind its length. */
    int from() {
        return from;
    }

    /** Just behind the value. */
    int to() {
        return to;
    }

    /** The value of a {@link #VARINT}. */
    long number() {
        return number;
    }

    /** Says that a field which is known is of a wire type that it cannot have. */
    ProtoReader expect(int wanted) throws MalformedBody {
        if (wire != wanted) {
            throw new MalformedBody(tagFrom, "expected wire type " + wanted + " in field " + field);
        }
        return this;
    }

    private void skip(long bytes) throws MalformedBody {
        if (bytes < 0 || bytes > end - at) {
            throw new MalformedBody(at, "expected " + Long.toUnsignedString(bytes) + " bytes but the message ends");
        }
        at += (int) bytes;
    }

    private long varint() throws MalformedBody {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw new MalformedBody(at, "expected a number but the message ends");
            }
            byte b = in[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedBody(at, "expected a number of at most 10 bytes");
    }
}
