package io.spoor.app.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The sign in front of a line, by what matters most about it. */
enum Mark {
    ERROR("✗"),
    WARNING("!"),
    MILESTONE("◆"),
    FAILED_MILESTONE("◆"),
    HARMLESS(" "),
    NONE(" ");

    final String sign;

    Mark(String sign) {
        this.sign = sign;
    }

    /** A job that ended {@code failed} is logged at level {@code info}; the state says what the level does not. */
    static Mark of(JsonNode line, boolean milestone, boolean harmless) {
        String level = line.path("level").asText("");
        JsonNode fields = line.path("fields");
        boolean failed = fields.path("state").asText("").equals("failed")
                || fields.path("status").asText("").equals("failed");
        if (harmless) {
            return HARMLESS;
        }
        if (level.equals("error") || level.equals("fatal") || (failed && !milestone)) {
            return ERROR;
        }
        if (milestone) {
            return failed ? FAILED_MILESTONE : MILESTONE;
        }
        return level.equals("warn") ? WARNING : NONE;
    }

    String paint(Style style, String text) {
        return switch (this) {
            case ERROR, FAILED_MILESTONE -> style.error(text);
            case WARNING -> style.warning(text);
            case HARMLESS -> style.dim(text);
            case MILESTONE, NONE -> text;
        };
    }
}
