package io.spoor.model;

import java.util.Locale;

/** A line's level, normalised: what a shipper calls {@code WARNING}, {@code W} or {@code 40} is one of these four. */
public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The level as it is written in lines and answers. */
    public String text() {
        return text;
    }

    /** Reads what {@link #text()} writes; throws {@link IllegalArgumentException} for anything else. */
    public static Level ofText(String text) {
        for (Level level : values()) {
            if (level.text.equals(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException("Not a level: " + text);
    }
}
