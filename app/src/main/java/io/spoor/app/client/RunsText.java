package io.spoor.app.client;

import static io.spoor.app.client.TraceText.length;
import static io.spoor.app.client.TraceText.millis;
import static io.spoor.app.client.TraceText.number;
import static io.spoor.app.client.TraceText.pad;
import static io.spoor.app.client.TraceText.string;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The runs of a trace, each with a table of its jobs and where in the trace each job waited and ran. */
final class RunsText {

    private static final int BAR = 28;
    private static final int LONGEST_NAME = 32;

    private final Style style;
    private final boolean bars;
    private final int width;

    RunsText(Style style, int width) {
        this.style = style;
        this.width = width;
        this.bars = width >= 100;
    }

    void append(JsonNode trace, StringBuilder text) {
        Long start = millis(trace, "start");
        Long end = millis(trace, "end");
        for (JsonNode run : trace.path("runs")) {
            head(run, text);
            JsonNode jobs = run.path("jobs");
            int names = 0;
            for (JsonNode job : jobs) {
                names = Math.max(names, length(name(job)));
            }
            for (JsonNode job : jobs) {
                job(job, names, start, end, text);
            }
            text.append('\n');
        }
    }

    private void head(JsonNode run, StringBuilder text) {
        String workflow = string(run, "workflow");
        int from = text.length();
        text.append("Run ").append(string(run, "runId"));
        if (!workflow.isEmpty()) {
            text.append("  ").append(style.bold(workflow));
        }
        text.append("  ").append(style.status(run.path("status").asText("unknown")));
        Long duration = number(run, "durationMs");
        if (duration != null) {
            text.append("  ").append(Numbers.duration(duration));
        }
        Long queued = number(run, "queueMs");
        if (queued != null && queued > 0) {
            String wait = "after " + Numbers.duration(queued) + " in the queue";
            boolean fits = LinesText.columns(text, from) + 2 + wait.length() <= width;
            text.append(fits ? "  " : "\n    ").append(style.dim(wait));
        }
        text.append('\n');
    }

    private void job(JsonNode job, int names, @Nullable Long start, @Nullable Long end, StringBuilder text) {
        String status = string(job, "status");
        StringBuilder row = new StringBuilder("  ");
        if (bars) {
            row.append(bar(job, start, end)).append("  ");
        }
        row.append(pad(name(job), names)).append("  ");
        row.append(style.status(status.isEmpty() ? "unknown" : status));
        row.append(" ".repeat(Math.max(0, 10 - length(status))));
        Long ran = number(job, "durationMs");
        row.append(leftPad(ran == null ? "" : Numbers.duration(ran), 9));
        Long queued = number(job, "queueMs");
        String wait = queued == null || queued <= 0 ? "" : Numbers.duration(queued) + " queued";
        row.append(" ".repeat(2 + Math.max(0, 16 - wait.length()))).append(style.dim(wait));
        String agent = string(job, "agentId");
        if (!agent.isEmpty()) {
            row.append("  ").append(style.dim(agent));
        }
        text.append(row.toString().stripTrailing()).append('\n');
        String error = string(job, "error");
        if (!error.isEmpty()) {
            text.append("      ").append(style.error(SafeText.quoted(error))).append('\n');
        }
    }

    /** Waiting as a thin line, running as a thick one, over the time of the whole trace. */
    private String bar(JsonNode job, @Nullable Long start, @Nullable Long end) {
        char[] cells = new char[BAR];
        Arrays.fill(cells, '·');
        Long began = millis(job, "startedAt");
        Long queued = millis(job, "queuedAt");
        Long ended = millis(job, "endedAt");
        int from = BAR;
        int until = BAR;
        if (start != null && end != null && end > start) {
            boolean over = ended != null || !isAlive(string(job, "status"));
            Long last = over ? ended : end;
            if (queued != null) {
                Long to = began != null ? began : last;
                fill(
                        cells,
                        cell(queued, start, end),
                        to == null ? cell(queued, start, end) : cell(to, start, end),
                        '─');
            }
            if (began != null && last != null) {
                from = cell(began, start, end);
                until = Math.max(from, cell(last, start, end)) + 1;
                fill(cells, from, until, '━');
            }
        }
        String bar = new String(cells);
        String run = bar.substring(from, Math.min(until, BAR));
        String rest = until >= BAR ? "" : bar.substring(until);
        boolean failed = string(job, "status").equals("failed");
        return style.dim(bar.substring(0, from))
                + (failed ? style.error(run) : style.tier("agent", run))
                + style.dim(rest);
    }

    private static void fill(char[] cells, int from, int until, char with) {
        if (from < until) {
            Arrays.fill(cells, from, Math.min(until, cells.length), with);
        }
    }

    private static int cell(long at, long start, long end) {
        double share = (double) (at - start) / (end - start);
        return (int) Math.max(0, Math.min(BAR - 1, Math.round(share * (BAR - 1))));
    }

    private static boolean isAlive(String status) {
        return switch (status) {
            case "queued", "pending", "running", "recovering", "cancelling" -> true;
            default -> false;
        };
    }

    private static String name(JsonNode job) {
        String name = string(job, "name");
        String shown = name.isEmpty() ? string(job, "jobId") : name;
        return length(shown) <= LONGEST_NAME + 4
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    private static String leftPad(String text, int columns) {
        return " ".repeat(Math.max(0, columns - length(text))) + text;
    }
}
