package io.spoor.runtime.access;

/** Why a tokens file cannot be used, as a sentence. */
public final class BrokenTokens extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenTokens(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
