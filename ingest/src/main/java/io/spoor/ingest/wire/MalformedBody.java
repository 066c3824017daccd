package io.spoor.ingest.wire;

/** A body is not what it claims to be; nothing of it can be taken. The message says where and what was expected. */
public final class MalformedBody extends Exception {
    private static final long serialVersionUID = 1L;
    private final long position;
    private final String sentence;

    MalformedBody(long position, String message) {
        super(message, null, false, false);
        this.position = position;
        this.sentence = "Byte " + position + ": " + message;
    }

    /** The offset of the first wrong byte in the decompressed body, from 0. */
    public long position() {
        return position;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
