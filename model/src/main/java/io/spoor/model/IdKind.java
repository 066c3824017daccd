package io.spoor.model;

import java.util.Optional;

/** What an {@link Id} identifies. The order of the first three is their strength: a line's trail is that of its strongest id. */
public enum IdKind {
    RUN("run"),
    REQUEST("req"),
    JOB("job"),
    OTEL("otel"),
    DELIVERY("delivery"),
    EVENT("event");

    private final String prefix;

    IdKind(String prefix) {
        this.prefix = prefix;
    }

    /** The word before the colon in {@link Id#key()}. */
    public String prefix() {
        return prefix;
    }

    static Optional<IdKind> ofPrefix(String prefix) {
        for (IdKind kind : values()) {
            if (kind.prefix.equals(prefix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
