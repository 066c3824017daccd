package io.spoor.app.client.ship;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes cut into batches of whole lines: at most 1,000 lines or 1 MiB each, or one longer line alone.
 * Memory is bounded whatever the stream holds: of a line over 8 MiB, which no server takes, nothing is kept.
 *
 * <p>Owned by one thread.
 */
final class LineBatches {

    static final int MAX_LINES = 1_000;
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_LINE = 8 << 20;

    /** A joined line ends here, and goes on as the next one; escaped as a string it still fits any server's limit. */
    static final int MAX_JOINED = 256 << 10;

    /** What to do where the stream ends. */
    enum AtEnd {
        /** All of it is lines: nothing will follow. */
        TAKE_ALL,
        /** Its last line, if it has no line end yet, is still being written. */
        LEAVE_PARTIAL,
        /** Neither has a trace been printed to its end. */
        LEAVE_OPEN
    }

    /** Whether more bytes, or the end, are there. */
    @FunctionalInterface
    interface Arrivals {
        /**
         * Looks.
         *
         * @param patient wait a moment for them, as a trace may go on
         */
        boolean more(boolean patient) throws IOException;

        /** For a file: reading it never waits. */
        Arrivals ALWAYS = patient -> true;
    }

    private final InputStream in;
    private final boolean join;
    private final AtEnd atEnd;
    private final Arrivals arrivals;
    private byte[] buffer = new byte[MAX_BYTES + (64 << 10)];
    private int start; // of the bytes not yet handed out
    private int end; // of the bytes read
    private boolean ended;
    private long nextLine;

    // The batch in the making, from the buffer's beginning:
    private int[] bounds = new int[0];
    private int lines;
    private int physicalLines;
    private int physicalInLast;
    private boolean open; // the last line may be continued

    /**
     * @param line number of the stream's first line in its file
     * @param join whether {@link TraceRule} holds
     */
    LineBatches(InputStream in, long line, boolean join, AtEnd atEnd, Arrivals arrivals) {
        this.in = in;
        this.nextLine = line;
        this.join = join;
        this.atEnd = atEnd;
        this.arrivals = arrivals;
    }

    /** The next batch, or null when the stream has no more to give. */
    @Nullable
    Batch next() throws IOException {
        begin();
        int scanned = 0;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n' && !add(scanned + 1)) {
                    return hand();
                }
            }
            if (lines == MAX_LINES && !open) {
                return hand();
            }
            if (lines > 0 && end >= MAX_BYTES) {
                if (open && lines > 1) {
                    leaveLast();
                }
                return hand();
            }
            if (lines > 0 && !ended && !arrivals.more(false) && !(open && arrivals.more(true))) {
                return hand();
            }
            if (end > MAX_LINE) {
                return skipLine();
            }
            if (ended) {
                return last();
            }
            fill();
        }
    }

    private void begin() {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        bounds = new int[MAX_LINES + 1];
        lines = 0;
        physicalLines = 0;
        physicalInLast = 0;
        open = false;
    }

    /** Takes the physical line that ends at {@code lineEnd}, unless it must begin the next batch. */
    private boolean add(int lineEnd) {
        int from = bounds[lines];
        boolean continued =
                open && lineEnd - bounds[lines - 1] <= MAX_JOINED && TraceRule.continues(buffer, from, lineEnd);
        if (continued && (lineEnd <= MAX_BYTES || lines == 1)) {
            bounds[lines] = lineEnd;
            physicalInLast++;
        } else if (continued) {
            leaveLast();
            return false;
        } else if (lines == MAX_LINES || (lines > 0 && lineEnd > MAX_BYTES)) {
            return false;
        } else {
            bounds[++lines] = lineEnd;
            physicalInLast = 1;
            open = join && lineEnd - from <= MAX_JOINED && TraceRule.begins(buffer, from, lineEnd);
        }
        physicalLines++;
        return true;
    }

    private @Nullable Batch last() {
        if (atEnd == AtEnd.TAKE_ALL && end > bounds[lines]) {
            add(end);
        } else if (atEnd == AtEnd.LEAVE_OPEN && open) {
            leaveLast();
        }
        return lines == 0 ? null : hand();
    }

    /** The trace goes whole into the next batch. */
    private void leaveLast() {
        lines--;
        physicalLines -= physicalInLast;
    }

    private Batch hand() {
        start = bounds[lines];
        Batch batch = new Batch(buffer, bounds, 0, lines, nextLine, physicalLines, 0);
        nextLine += physicalLines;
        return batch;
    }

    private void fill() throws IOException {
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
        } else {
            end += read;
        }
    }

    /** Null when the line's end has not been written yet. */
    private @Nullable Batch skipLine() throws IOException {
        long skipped = 0;
        while (true) {
            for (int i = start; i < end; i++) {
                if (buffer[i] == '\n') {
                    skipped += i + 1 - start;
                    start = i + 1;
                    return Batch.oversized(skipped, nextLine++);
                }
            }
            skipped += end - start;
            start = 0;
            end = 0;
            int read = in.read(buffer, 0, buffer.length);
            if (read < 0) {
                ended = true;
                return atEnd == AtEnd.TAKE_ALL ? Batch.oversized(skipped, nextLine++) : null;
            }
            end = read;
        }
    }
}
