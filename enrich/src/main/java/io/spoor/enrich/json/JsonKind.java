package io.spoor.enrich.json;

/** What a JSON value is, told by its first byte. */
public enum JsonKind {
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    OBJECT,
    ARRAY
}
