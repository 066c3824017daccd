package io.spoor.app.client;

import static io.spoor.app.client.TraceText.length;
import static io.spoor.app.client.TraceText.millis;
import static io.spoor.app.client.TraceText.pad;
import static io.spoor.app.client.TraceText.string;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The lines of a trace, one under the other by time, milestones and errors standing out. */
final class LinesText {

    /** What a message alone does not say, in the order of a sentence. */
    private static final List<String> DETAILS = List.of(
            "workflowName",
            "workflow",
            "job",
            "jobName",
            "stepName",
            "state",
            "status",
            "event",
            "reason",
            "conclusion");

    private static final List<String> CAUSES = List.of("error", "stack", "stepErrors");

    /** Warnings that real KiCI logs all the time and nobody has to act on: shouted, they would hide what matters. */
    private static final Set<String> HARMLESS = Set.of(
            "Check runs not supported for provider, skipping",
            "Agent self-reported activeJobs disagrees with registry count");

    private static final int MOST_COLUMNS_FOR_TIER = 16;
    private static final int LEAST_COLUMNS_FOR_MESSAGE = 24;
    private static final long LEAST_GAP_MILLIS = 1_000;

    private final Style style;
    private final int width;
    private final Map<String, String> jobs = new HashMap<>(); // the name by the id

    LinesText(Style style, int width) {
        this.style = style;
        this.width = width;
    }

    /** One row: a line, or a milestone whose line is not among those shown. */
    private record Row(
            @Nullable Long at, JsonNode line, @Nullable String milestone) {}

    void append(List<JsonNode> pages, StringBuilder text) {
        JsonNode trace = pages.get(0);
        for (JsonNode run : trace.path("runs")) {
            for (JsonNode job : run.path("jobs")) {
                if (job.hasNonNull("jobId") && job.hasNonNull("name")) {
                    jobs.put(string(job, "jobId"), SafeText.quoted(string(job, "name")));
                }
            }
        }
        List<Row> rows = rows(pages);
        Long start = millis(trace, "start");
        if (start == null) {
            start = rows.stream()
                    .map(Row::at)
                    .filter(at -> at != null)
                    .findFirst()
                    .orElse(0L);
        }
        int tierColumns = 0;
        int offsetColumns = 0;
        for (Row row : rows) {
            tierColumns = Math.max(tierColumns, Math.min(MOST_COLUMNS_FOR_TIER, length(string(row.line(), "tier"))));
            offsetColumns = Math.max(
                    offsetColumns,
                    row.at() == null ? 0 : Numbers.offset(row.at() - start).length());
        }
        long gap = gap(rows);
        Long before = null;
        for (Row row : rows) {
            Long at = row.at();
            if (at != null && before != null && at - before >= gap) {
                text.append(style.dim("  " + " ".repeat(offsetColumns) + "⋮ " + Numbers.duration(at - before)))
                        .append('\n');
            }
            append(row, start, offsetColumns, tierColumns, text);
            before = at == null ? before : at;
        }
    }

    private static List<Row> rows(List<JsonNode> pages) {
        Map<String, JsonNode> milestones = new HashMap<>();
        pages.get(0).path("milestones").forEach(each -> milestones.put(string(each, "lineId"), each));
        List<Row> rows = new ArrayList<>();
        boolean ordered = true;
        for (JsonNode page : pages) {
            for (JsonNode line : page.path("lines")) {
                JsonNode milestone = milestones.remove(string(line, "id"));
                Row row = new Row(millis(line, "at"), line, milestone == null ? null : string(milestone, "milestone"));
                ordered &= row.at() != null;
                rows.add(row);
            }
        }
        if (ordered && !pages.get(pages.size() - 1).hasNonNull("next")) {
            milestones.values().forEach(each -> rows.add(new Row(millis(each, "at"), each, string(each, "milestone"))));
            rows.removeIf(row -> row.at() == null);
            rows.sort(Comparator.comparing(Row::at));
        }
        return rows;
    }

    /** A silence worth showing: a second, and a twentieth of the whole. */
    private static long gap(List<Row> rows) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Row row : rows) {
            if (row.at() != null) {
                first = Math.min(first, row.at());
                last = Math.max(last, row.at());
            }
        }
        return last < first ? Long.MAX_VALUE : Math.max(LEAST_GAP_MILLIS, (last - first) / 20);
    }

    private void append(Row row, long start, int offsetColumns, int tierColumns, StringBuilder text) {
        JsonNode line = row.line();
        boolean isMilestone = row.milestone() != null;
        String message = message(row);
        boolean harmless = HARMLESS.contains(message);
        Mark mark = Mark.of(line, isMilestone, harmless);
        String offset = row.at() == null ? "" : Numbers.offset(row.at() - start);
        String tier = string(line, "tier");
        String shownTier = length(tier) > MOST_COLUMNS_FOR_TIER
                ? tier.substring(0, tier.offsetByCodePoints(0, MOST_COLUMNS_FOR_TIER))
                : tier;
        int indent = 2 + offsetColumns + 2 + tierColumns + 2;
        text.append(mark.paint(style, mark.sign)).append(' ');
        text.append(style.dim(" ".repeat(offsetColumns - offset.length()) + offset))
                .append("  ");
        String column = pad(shownTier, tierColumns);
        text.append(harmless ? style.dim(column) : style.tier(tier, column)).append("  ");

        List<String> physical = message.lines().toList();
        String first = physical.isEmpty() ? "" : physical.get(0);
        body(first, indent, part -> isMilestone ? style.bold(mark.paint(style, part)) : mark.paint(style, part), text);
        tail(row, indent, text);
        text.append('\n');
        for (int i = 1; i < physical.size(); i++) {
            beneath(physical.get(i), indent, mark == Mark.ERROR, text);
        }
        causes(line, message, indent, text);
    }

    private String message(Row row) {
        JsonNode message = row.line().path("message");
        String said = message.isTextual()
                ? message.asText()
                : message.isMissingNode() || message.isNull() ? "" : message.toString();
        String clean = SafeText.clean(said);
        if (!clean.isBlank()) {
            return clean.strip().isEmpty() ? "" : clean.stripTrailing();
        }
        return row.milestone() == null ? "" : row.milestone();
    }

    private interface Paint {
        String of(String part);
    }

    /** Text that may need several rows of the terminal, hanging at {@code indent}. */
    private void body(String message, int indent, Paint paint, StringBuilder text) {
        int room = width == Integer.MAX_VALUE ? width : Math.max(LEAST_COLUMNS_FOR_MESSAGE, width - indent);
        List<String> parts = wrap(message, room);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                text.append('\n').append(" ".repeat(indent));
            }
            text.append(paint.of(parts.get(i)));
        }
    }

    /** The details, where it ran, and how often it came; on a row of its own where the first has no room. */
    private void tail(Row row, int indent, StringBuilder text) {
        JsonNode line = row.line();
        Set<String> words = new LinkedHashSet<>();
        String job = jobs.get(string(line, "jobId"));
        if (job != null) {
            words.add(job);
        }
        for (String name : DETAILS) {
            String value = SafeText.quoted(string(line.path("fields"), name));
            if (!value.isEmpty()) {
                words.add(value);
            }
        }
        Long duration = TraceText.number(line.path("fields"), "durationMs");
        if (duration != null) {
            words.add(Numbers.duration(duration));
        }
        String details = String.join(" · ", words);
        StringJoiner dim = new StringJoiner("  ");
        String agent = string(line.path("fields"), "agentId");
        String place = agent.isEmpty() ? string(line, "host") : agent;
        if (!place.isEmpty()) {
            dim.add(SafeText.quoted(place));
        }
        long copies = line.path("copies").asLong(1);
        if (copies > 1) {
            dim.add("×" + copies);
        }
        int needed = details.length() + dim.length() + 4;
        int column = columns(text, text.lastIndexOf("\n") + 1);
        if (width != Integer.MAX_VALUE && needed > 4 && column + needed > width && indent + needed <= width) {
            text.append('\n').append(" ".repeat(indent - 2));
        }
        if (!details.isEmpty()) {
            text.append("  ").append(HARMLESS.contains(message(row)) ? style.dim(details) : details);
        }
        if (dim.length() > 0) {
            text.append("  ").append(style.dim(dim.toString()));
        }
    }

    private void causes(JsonNode line, String message, int indent, StringBuilder text) {
        Set<String> shown = new LinkedHashSet<>();
        JsonNode fields = line.path("fields");
        for (String name : CAUSES) {
            JsonNode value = fields.path(name);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            String cause = SafeText.clean(value.isValueNode() ? value.asText() : value.toString())
                    .strip();
            // A stack begins with its error; saying it once is enough.
            boolean inStack =
                    name.equals("error") && fields.path("stack").asText("").contains(cause);
            if (!cause.isEmpty() && !inStack && !message.contains(cause)) {
                shown.add(cause);
            }
        }
        shown.forEach(cause ->
                cause.lines().filter(each -> !each.isBlank()).forEach(each -> beneath(each, indent, true, text)));
    }

    private void beneath(String physical, int indent, boolean error, StringBuilder text) {
        text.append(" ".repeat(indent));
        String bar = "│ ";
        text.append(error ? style.error(bar) : style.dim(bar));
        body(physical.stripTrailing(), indent + bar.length(), part -> part, text);
        text.append('\n');
    }

    /** Words that fit into {@code room} characters a row; a word longer than a row is broken. */
    static List<String> wrap(String text, int room) {
        if (length(text) <= room) {
            return List.of(text);
        }
        List<String> rows = new ArrayList<>();
        int from = 0;
        int left = length(text);
        while (left > room) {
            int end = text.offsetByCodePoints(from, room);
            int space = text.lastIndexOf(' ', end);
            int cut = space > from + room / 2 ? space : end;
            rows.add(text.substring(from, cut));
            left -= text.codePointCount(from, cut);
            from = cut;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
                left--;
            }
        }
        if (from < text.length()) {
            rows.add(text.substring(from));
        }
        return rows;
    }

    /** How many visible characters there are from {@code start} on. */
    static int columns(StringBuilder text, int start) {
        int column = 0;
        boolean sequence = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                sequence = true;
            } else if (sequence) {
                sequence = c != 'm';
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return column;
    }
}
