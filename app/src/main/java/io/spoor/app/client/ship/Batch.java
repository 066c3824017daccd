package io.spoor.app.client.ship;

/**
 * Some whole lines, each with its line end (the stream's last may lack it). A line may be a joined one, which holds line
 * ends of its own.
 *
 * @param buffer lent until the next batch
 * @param bounds line {@code i} is {@code buffer[bounds[i], bounds[i + 1])}
 * @param from the first line's index in {@code bounds}
 * @param to one more than the last line's
 * @param firstLine number of the first physical line in its file, from 1
 * @param physicalLines how many lines the file has here; more than {@link #lines()} when some are joined
 * @param oversizedBytes 0, or how long the one line was that is not in the buffer because nobody takes it
 */
@SuppressWarnings("ArrayRecordComponent") // a loan of the buffer, never compared
record Batch(byte[] buffer, int[] bounds, int from, int to, long firstLine, int physicalLines, long oversizedBytes) {

    /** A line that was too long to keep. */
    static Batch oversized(long bytes, long line) {
        return new Batch(new byte[0], new int[] {0, 0}, 0, 1, line, 1, bytes);
    }

    boolean isOversized() {
        return oversizedBytes > 0;
    }

    int lines() {
        return to - from;
    }

    boolean hasJoined() {
        return physicalLines > lines();
    }

    int start() {
        return bounds[from];
    }

    int end() {
        return bounds[to];
    }

    /** How many bytes of the stream it stands for. */
    long bytes() {
        return isOversized() ? oversizedBytes : end() - start();
    }

    long lastLine() {
        return firstLine + physicalLines - 1;
    }

    /** Where line {@code i} begins, {@code i} from 0. */
    int lineStart(int i) {
        return bounds[from + i];
    }

    /** Where line {@code i} ends, its LF or CRLF left out. */
    int lineEnd(int i) {
        int end = bounds[from + i + 1];
        if (end > lineStart(i) && buffer[end - 1] == '\n') {
            end--;
        }
        return end > lineStart(i) && buffer[end - 1] == '\r' ? end - 1 : end;
    }

    boolean isBlank(int i) {
        return firstByte(lineStart(i), lineEnd(i)) == 0;
    }

    /** The first byte that is no white space, or 0. */
    byte firstByte() {
        return firstByte(start(), end());
    }

    /** In the file, of line {@code i}'s first physical line. */
    long lineNumber(int i) {
        return firstLine + newlines(start(), lineStart(i));
    }

    /** Lines {@code [first, last)} of these, {@code first} from 0. */
    Batch part(int first, int last) {
        int newlines = newlines(lineStart(first), bounds[from + last]);
        int unended = from + last == to && buffer[end() - 1] != '\n' ? 1 : 0;
        return new Batch(buffer, bounds, from + first, from + last, lineNumber(first), newlines + unended, 0);
    }

    private byte firstByte(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r' && buffer[i] != '\n') {
                return buffer[i];
            }
        }
        return 0;
    }

    private int newlines(int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += buffer[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
