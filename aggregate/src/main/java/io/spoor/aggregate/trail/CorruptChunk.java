package io.spoor.aggregate.trail;

/**
 * A chunk of a trail whose bytes are not what was written. None of the trail's lines are returned then, for they would look
 * like all of them; the message says which chunk of which trail it is and what is wrong with it.
 */
public final class CorruptChunk extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    CorruptChunk(String why) {
        super("A chunk is damaged: " + why);
        this.why = why;
    }

    CorruptChunk(String why, Throwable cause) {
        super("A chunk is damaged: " + why, cause);
        this.why = why;
    }

    private CorruptChunk(String where, CorruptChunk what) {
        super(where + " is damaged: " + what.why, what);
        this.why = what.why;
    }

    /** The same, with the place. */
    CorruptChunk in(String store, String trail, long offset) {
        return new CorruptChunk(
                "Store " + store + ", trail " + trail + ": the chunk from offset " + offset + " on", this);
    }
}
