package io.spoor.enrich.unwrap;

/** Why there is no line although nothing is wrong: dropped, but counted. */
public enum Drop {
    /** A record without a value. */
    TOMBSTONE,
    /** Nothing but white space and NULs. */
    EMPTY
}
