package io.spoor.app.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes cut into batches of whole physical lines: at most 1,000 lines or 1 MiB each, or one longer line alone.
 * Memory is bounded whatever the stream holds: of a line over 8 MiB, which no server takes, nothing is kept.
 *
 * <p>Owned by one thread.
 */
final class LineBatches {

    static final int MAX_LINES = 1_000;
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_LINE = 8 << 20;

    /**
     * Whole lines, each with its newline (the stream's last may lack it).
     *
     * @param buffer lent until the next call; the first {@code length} bytes count
     * @param firstLine number of the first line in its file, from 1
     * @param lines how many
     * @param oversized the one line was longer than 8 MiB and is not in the buffer
     */
    @SuppressWarnings("ArrayRecordComponent") // a loan of the buffer, never compared
    record Batch(byte[] buffer, int length, long firstLine, int lines, boolean oversized) {

        /** The first byte that is no white space, or 0. */
        byte firstByte() {
            for (int i = 0; i < length; i++) {
                if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r' && buffer[i] != '\n') {
                    return buffer[i];
                }
            }
            return 0;
        }
    }

    private final InputStream in;
    private final boolean live;
    private byte[] buffer = new byte[MAX_BYTES + (64 << 10)];
    private int start; // of the bytes not yet handed out
    private int end; // of the bytes read
    private long nextLine = 1;
    private boolean atEnd;

    /** @param live hand out the lines that are there rather than wait for a full batch */
    LineBatches(InputStream in, boolean live) {
        this.in = in;
        this.live = live;
    }

    /** The next batch, or null at the end. */
    @Nullable
    Batch next() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int lines = 0;
        int cut = 0; // end of the last whole line that fits
        int scanned = 0;
        while (true) {
            for (; scanned < end && lines < MAX_LINES; scanned++) {
                if (buffer[scanned] == '\n') {
                    if (lines > 0 && scanned >= MAX_BYTES) {
                        return hand(cut, lines);
                    }
                    cut = scanned + 1;
                    lines++;
                }
            }
            boolean full = lines == MAX_LINES || (lines > 0 && end >= MAX_BYTES);
            if (full || (live && lines > 0 && !atEnd && in.available() == 0)) {
                return hand(cut, lines);
            }
            if (end > MAX_LINE) {
                return skipLine();
            }
            if (atEnd) {
                return end == 0 ? null : hand(end, end > cut ? lines + 1 : lines);
            }
            fill();
        }
    }

    private Batch hand(int length, int lines) {
        start = length;
        Batch batch = new Batch(buffer, length, nextLine, lines, false);
        nextLine += lines;
        return batch;
    }

    private void fill() throws IOException {
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            atEnd = true;
        } else {
            end += read;
        }
    }

    private Batch skipLine() throws IOException {
        while (true) {
            for (int i = start; i < end; i++) {
                if (buffer[i] == '\n') {
                    start = i + 1;
                    return new Batch(buffer, 0, nextLine++, 1, true);
                }
            }
            start = 0;
            end = 0;
            int read = in.read(buffer, 0, buffer.length);
            if (read < 0) {
                atEnd = true;
                return new Batch(buffer, 0, nextLine++, 1, true);
            }
            end = read;
        }
    }
}
