package io.spoor.app.client.ship;

import io.spoor.app.client.Numbers;
import io.spoor.app.client.SafeText;
import io.spoor.app.client.Terminal;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    private long troubles;
    private int followed;
    private long lag;
    private long shownLines;
    private String waitingFor = "";

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

    void taken(String name, Receipt receipt, long size) {
        lines += receipt.accepted();
        blank += receipt.blank();
        bytes += size;
        receipt.refusals().forEach(refusal -> refused(name, refusal));
        if (receipt.unnamed() > 0) {
            refused += receipt.unnamed();
            say(SafeText.quoted(name) + ": refused: " + Numbers.count(receipt.unnamed(), "further line"));
        }
        if (!waitingFor.isEmpty()) {
            say(waitingFor + " takes lines again.");
            waitingFor = "";
        }
        showProgress();
    }

    /** A line that nobody takes, and that was not sent therefore. */
    void oversized(String name, Batch batch) {
        String why = "line_too_large (more than " + LineBatches.MAX_LINE + " bytes)";
        refused(name, new Receipt.Refusal(batch.firstLine(), batch.firstLine(), 1, why));
    }

    /** One more file is being followed. */
    void begin() {
        files++;
    }

    /** How things are while files are followed; {@code behind} in bytes. */
    void following(int open, long behind) {
        followed = open;
        lag = behind;
        showProgress();
    }

    /** What takes the lines does not do so at present; said once until it does again. */
    void waiting(String where) {
        if (waitingFor.isEmpty()) {
            waitingFor = where;
            say(where + " does not take lines now; asking again until it does.");
        }
    }

    /** A file that cannot be read, {@code why} as the middle of a sentence. */
    void trouble(String name, String why, @Nullable IOException e) {
        troubles++;
        String detail = e == null || e.getMessage() == null ? "" : " (" + SafeText.quoted(e.getMessage()) + ")";
        say(SafeText.quoted(name) + " " + why + detail + "; looking again until it is mended.");
    }

    /** Something to know that is no failure. */
    void note(String sentence) {
        if (!quiet) {
            say(sentence);
        }
    }

    private void refused(String name, Receipt.Refusal refusal) {
        refused += refusal.count();
        shownRefusals++;
        if (shownRefusals <= SHOWN_REFUSALS) {
            String range = refusal.first() == refusal.last()
                    ? String.valueOf(refusal.first())
                    : refusal.first() + "-" + refusal.last();
            say(SafeText.quoted(name) + ":" + range + ": refused: " + refusal.why());
        }
    }

    boolean hasFailures() {
        return refused > 0 || troubles > 0;
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

    private void showProgress() {
        long now = System.nanoTime();
        if (progress && now - shownNanos > PROGRESS_NANOS) {
            terminal.err().print(ERASE + (followed > 0 ? followingNow(now) : shippingNow(now)));
            terminal.err().flush();
            shownNanos = now;
            shownLines = lines;
        }
    }

    private String shippingNow(long now) {
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

    private String followingNow(long now) {
        return String.format(
                Locale.ROOT,
                "%s  %,d lines  %s  %,.0f lines/s  %s behind",
                Numbers.count(followed, "file"),
                lines,
                Numbers.size(bytes),
                (lines - shownLines) / ((now - shownNanos) / 1e9),
                Numbers.size(lag));
    }
}
