package io.spoor.aggregate.trail;

/** A chunk of a trail whose bytes are not what was written. */
public final class CorruptChunk extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptChunk(String why) {
        super("A chunk of the trail is damaged: " + why);
    }

    CorruptChunk(String why, Throwable cause) {
        super("A chunk of the trail is damaged: " + why, cause);
    }
}
