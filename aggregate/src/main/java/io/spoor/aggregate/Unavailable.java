package io.spoor.aggregate;

/** The stores cannot answer at this moment, but will: they are starting, restoring or moving. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    public Unavailable(String why) {
        super(why);
    }

    public Unavailable(String why, Throwable cause) {
        super(why, cause);
    }
}
