package io.spoor.enrich.unwrap;

/** Why bytes cannot be represented as lines; {@link #code} is what a dead letter carries. */
public enum Rejection {
    RECORD_TOO_LARGE("record_too_large"),
    LINE_TOO_LARGE("line_too_large"),
    COMPRESSED("compressed"),
    BINARY("binary"),
    TOO_DEEP("too_deep");

    private final String code;

    Rejection(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
