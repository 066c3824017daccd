package io.spoor.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Why a process cannot start, in words for the person who started it: one sentence that says what, where and what to
 * do. The command prints the message alone and exits with 1; the cause is for the debug log.
 */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        this(message, null);
    }

    public CannotStart(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
