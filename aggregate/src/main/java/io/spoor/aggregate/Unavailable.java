package io.spoor.aggregate;

/** The stores cannot answer at this moment, but will: they are starting, restoring or moving. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String why) {
        super(why);
    }

    Unavailable(String why, Throwable cause) {
        super(why, cause);
    }
}
