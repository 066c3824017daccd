package io.spoor.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One trace as a story: what it was, its runs with a waterfall of their jobs, then the lines.
 *
 * <p>A pure function of the answer of {@code GET /api/v1/traces/{id}}, whose every member may be missing.
 */
final class TraceText {

    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Style style;
    private final int width;

    /** @param width columns of the terminal; unbounded for a program */
    TraceText(Style style, int width) {
        this.style = style;
        this.width = width;
    }

    /** @param pages the answers of one trace in order, at least one; the first tells about the whole trace */
    String of(List<JsonNode> pages) {
        JsonNode trace = pages.get(0);
        StringBuilder text = new StringBuilder();
        head(trace, text);
        new RunsText(style, width).append(trace, text);
        new LinesText(style, width).append(pages, text);
        foot(pages, text);
        return text.toString();
    }

    private void head(JsonNode trace, StringBuilder text) {
        text.append("Trace ").append(style.bold(string(trace, "id")));
        text.append("  ").append(style.status(trace.path("status").asText("unknown")));
        Long duration = number(trace, "durationMs");
        if (duration != null) {
            text.append("  ").append(Numbers.duration(duration));
        }
        text.append('\n');
        StringJoiner facts = new StringJoiner(" · ");
        Long start = millis(trace, "start");
        if (start != null) {
            facts.add(START.format(Instant.ofEpochMilli(start)));
        }
        JsonNode runs = trace.path("runs");
        if (!runs.isEmpty()) {
            long jobs = 0;
            for (JsonNode run : runs) {
                jobs += run.path("jobs").size();
            }
            facts.add(Numbers.count(runs.size(), "run"));
            facts.add(Numbers.count(jobs, "job"));
        }
        facts.add(Numbers.count(trace.path("lineCount").asLong(), "line"));
        StringBuilder second = new StringBuilder(style.dim(facts.toString()));
        long errors = trace.path("errorCount").asLong();
        if (errors > 0) {
            second.append(style.dim(" · ")).append(style.error(Numbers.count(errors, "error")));
        }
        text.append(second).append('\n');
        tiers(trace, text);
        text.append('\n');
    }

    private void tiers(JsonNode trace, StringBuilder text) {
        StringJoiner tiers = new StringJoiner(style.dim(" · "));
        for (JsonNode tier : trace.path("tiers")) {
            String name = string(tier, "tier");
            tiers.add(style.tier(name, name) + " "
                    + String.format(Locale.ROOT, "%,d", tier.path("lines").asLong()));
        }
        if (tiers.length() > 0) {
            text.append(tiers).append('\n');
        }
    }

    private void foot(List<JsonNode> pages, StringBuilder text) {
        List<String> words = new ArrayList<>();
        JsonNode last = pages.get(pages.size() - 1);
        long shown = pages.stream().mapToLong(page -> page.path("lines").size()).sum();
        if (shown == 0) {
            words.add("No line of this trace fits the filters.");
        }
        if (last.hasNonNull("next")) {
            words.add("These are the first " + Numbers.count(shown, "line")
                    + ", there are more: ask with a larger --limit.");
        }
        if (pages.stream().anyMatch(page -> page.path("truncated").asBoolean(false))) {
            words.add(
                    "This trail is longer than Spoor keeps of one; its later lines are only where your sinks keep them.");
        }
        for (JsonNode page : pages) {
            if (!page.path("complete").asBoolean(true)) {
                words.add(incomplete(page));
                break;
            }
        }
        if (!words.isEmpty()) {
            text.append('\n');
            words.forEach(word -> text.append(style.warning(word)).append('\n'));
        }
    }

    private static String incomplete(JsonNode page) {
        StringJoiner missing = new StringJoiner(", ");
        page.path("missing").forEach(partition -> missing.add(SafeText.quoted(partition.asText())));
        String who = missing.length() == 0 ? "a part of the store" : "partition " + missing;
        return "This answer is incomplete: " + who + " could not be asked. Ask again in a moment.";
    }

    /** A member's text on one line and made safe, or nothing. */
    static String string(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isValueNode() && !value.isNull()
                ? SafeText.clean(value.asText()).replace('\n', ' ')
                : "";
    }

    static @Nullable Long number(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isNumber() ? value.asLong() : null;
    }

    /** A member's time, epoch milliseconds. */
    static @Nullable Long millis(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isTextual()) {
            return number(node, member);
        }
        try {
            return Instant.parse(value.asText()).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    /** Text filled up with spaces to a number of characters. */
    static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - length(text)));
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
