package io.spoor.runtime.http;

import org.jspecify.annotations.Nullable;

/** Why a certificate or a key cannot be used, as a sentence that names the file and never quotes it. */
public final class BadPem extends Exception {
    private static final long serialVersionUID = 1L;

    BadPem(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
