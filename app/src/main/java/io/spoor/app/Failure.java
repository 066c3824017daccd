package io.spoor.app;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user has to know, in one sentence: what is wrong, where, and what to do about it.
 *
 * <p>The command prints the message to stderr without a stack trace and ends with {@link #exitCode()}. A bug is never a
 * {@code Failure}.
 */
public final class Failure extends RuntimeException {
    private final int exitCode;

    /** Ends the command with {@link ExitCode#FAILED}. */
    public Failure(String sentence) {
        this(ExitCode.FAILED, sentence, null);
    }

    /** Ends the command with {@link ExitCode#FAILED}; {@code cause} is shown with {@code SPOOR_DEBUG=1} only. */
    public Failure(String sentence, Throwable cause) {
        this(ExitCode.FAILED, sentence, cause);
    }

    /** Ends the command with {@code exitCode}, one of {@link ExitCode}. */
    public Failure(int exitCode, String sentence, @Nullable Throwable cause) {
        super(Objects.requireNonNull(sentence), cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
