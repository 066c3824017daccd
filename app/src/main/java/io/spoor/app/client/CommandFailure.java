package io.spoor.app.client;

/** The end of a command that could not do what was asked: one sentence for the user, and the exit code. */
public final class CommandFailure extends RuntimeException {

    /** What was tried failed. */
    public static final int FAILED = 1;

    /** What was asked for cannot be asked for in this way. */
    public static final int USAGE = 2;

    /** What was asked for by its id is not known. */
    public static final int NOT_FOUND = 3;

    /** The answer is incomplete, or none came in time. */
    public static final int INCOMPLETE = 4;

    private final int exitCode;

    public CommandFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    CommandFailure(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** What the user reads; never null, whatever {@link Throwable#getMessage()} promises. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
