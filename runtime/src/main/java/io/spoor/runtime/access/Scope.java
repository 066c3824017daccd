package io.spoor.runtime.access;

import io.javalin.security.RouteRole;
import java.util.Locale;
import java.util.Optional;

/** What a route needs, named where it is registered, and what a token allows. */
public enum Scope implements RouteRole {
    /** Of a route: nobody has to identify themselves. No token carries it. */
    OPEN,
    /** Deliver lines, events and metrics. */
    INGEST,
    /** Ask for traces, runs and metrics. */
    READ,
    /** Everything. */
    ADMIN;

    /** Whether a token with this scope may do what needs {@code needed}. */
    boolean covers(Scope needed) {
        return this == needed || this == ADMIN;
    }

    /** As it is written in the tokens file and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a token that is written so. */
    public static Optional<Scope> ofWord(String word) {
        for (Scope scope : values()) {
            if (scope != OPEN && scope.word().equals(word)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
