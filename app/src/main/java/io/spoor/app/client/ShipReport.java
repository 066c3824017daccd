package io.spoor.app.client;

import java.util.Locale;

/** What became of a delivery: progress while a person watches, what was refused, and the last sentence. */
final class ShipReport {

    private static final long PROGRESS_NANOS = 200_000_000;
    private static final int SHOWN_REFUSALS = 20;
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean quiet;
    private final boolean progress;
    private final long startNanos = System.nanoTime();
    private long shownNanos = startNanos;
    private String file = "";
    private long fileBytes;
    private long fileRead;
    private int files;
    private long lines;
    private long blank;
    private long bytes;
    private long refused;
    private long shownRefusals;

    ShipReport(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.progress = !quiet && terminal.errIsTerminal();
    }

    /** @param size of the file in bytes, 0 where nobody knows */
    void begin(String name, long size) {
        file = SafeText.quoted(name);
        fileBytes = size;
        fileRead = 0;
        files++;
    }

    void read(long count) {
        fileRead += count;
    }

    void taken(long accepted, long leftOut, long size) {
        lines += accepted;
        blank += leftOut;
        bytes += size;
        long now = System.nanoTime();
        if (progress && now - shownNanos > PROGRESS_NANOS) {
            shownNanos = now;
            terminal.err().print(ERASE + progress(now));
            terminal.err().flush();
        }
    }

    void refused(String name, long line, String reason, String detail) {
        refused++;
        shownRefusals++;
        if (shownRefusals <= SHOWN_REFUSALS) {
            String why = SafeText.quoted(reason) + (detail.isBlank() ? "" : " (" + SafeText.quoted(detail) + ")");
            say(SafeText.quoted(name) + ":" + line + ": refused: " + why);
        }
    }

    void refused(String name, LineBatches.Batch batch, String problem) {
        refused += batch.lines();
        long last = batch.firstLine() + batch.lines() - 1;
        say(SafeText.quoted(name) + ":" + batch.firstLine() + "-" + last + ": refused: " + problem);
    }

    /** Lines that the server refused without saying which; it names the first ten of a batch. */
    void refusedUnnamed(String name, long count) {
        if (count > 0) {
            refused += count;
            say(SafeText.quoted(name) + ": refused: " + Numbers.count(count, "further line"));
        }
    }

    boolean hasRefusals() {
        return refused > 0;
    }

    /** The summary, also of a delivery that failed on its way. */
    void finish() {
        if (shownRefusals > SHOWN_REFUSALS) {
            say(Numbers.count(shownRefusals - SHOWN_REFUSALS, "further refusal") + " not shown.");
        }
        if (!quiet) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            say(String.format(
                    Locale.ROOT,
                    "Shipped %s of %s (%s) in %.1f s; %,d refused.%s",
                    Numbers.count(lines, "line"),
                    Numbers.count(files, "file"),
                    Numbers.size(bytes),
                    seconds,
                    refused,
                    blank == 0 ? "" : " " + Numbers.count(blank, "blank line") + " left out."));
        }
    }

    private void say(String sentence) {
        terminal.err().println((progress ? ERASE : "") + sentence);
        terminal.err().flush();
    }

    private String progress(long now) {
        double seconds = Math.max(0.001, (now - startNanos) / 1e9);
        String percent =
                fileBytes == 0 ? "" : String.format(Locale.ROOT, "  %3d %%", Math.min(100, fileRead * 100 / fileBytes));
        return String.format(
                Locale.ROOT,
                "%s%s  %,d lines  %s  %,.0f lines/s",
                file,
                percent,
                lines,
                Numbers.size(bytes),
                lines / seconds);
    }
}
