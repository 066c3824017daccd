package io.spoor.app.client;

import java.util.Locale;

/** The few ANSI colours of a story, or none. */
record Style(boolean colours) {

    private static final String RESET = "\u001b[0m";

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String error(String text) {
        return paint("1;31", text);
    }

    String warning(String text) {
        return paint("33", text);
    }

    /** A tier has the same colour in every story; one of its own choosing gets a steady one by its name. */
    String tier(String tier, String text) {
        return paint(
                switch (tier) {
                    case "platform" -> "35";
                    case "orchestrator" -> "34";
                    case "agent" -> "36";
                    case "database" -> "33";
                    default -> "32";
                },
                text);
    }

    /** A run's, job's or trace's status with its mark. */
    String status(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "success" -> paint("1;32", "✓ success");
            case "failed", "timed_out_stale" -> error("✗ " + status);
            case "lost" -> error("✗ lost");
            case "cancelled", "cancelling" -> paint("1;33", "⊘ " + status);
            case "skipped" -> dim("⊘ skipped");
            case "running", "recovering" -> paint("1;36", "▶ " + status);
            case "queued", "pending", "held" -> paint("36", "… " + status);
            default -> dim("? " + status);
        };
    }

    private String paint(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
