package io.spoor.enrich.json;

/**
 * Walks over the elements of an array whose validity is still unknown, each scanned once into the same scan.
 *
 * <pre>{@code
 * JsonElements elements = new JsonElements(scan, buffer, from, to);
 * while (elements.next()) { … scan … }
 * if (elements.wellFormed()) { … elements.end() … }
 * }</pre>
 */
public final class JsonElements {
    private final JsonScan scan;
    private final byte[] buffer;
    private final int to;
    private int at;
    private boolean first = true;
    private boolean wellFormed;

    /** {@code from} is the place of the opening bracket. */
    public JsonElements(JsonScan scan, byte[] buffer, int from, int to) {
        this.scan = scan;
        this.buffer = buffer;
        this.to = to;
        this.at = from + 1;
    }

    /** Goes to the next element; false at the closing bracket, or at the first thing that is out of place. */
    public boolean next() {
        at = pastSpace(at);
        if (at < to && buffer[at] == ']') {
            at++;
            wellFormed = true;
            return false;
        }
        if (!first) {
            if (at >= to || buffer[at] != ',') {
                return false;
            }
            at++;
        }
        first = false;
        if (scan.scan(buffer, at, to) == JsonScan.Outcome.MALFORMED) {
            return false;
        }
        at = scan.end();
        return true;
    }

    /** After {@link #next} was false: whether that was the closing bracket. */
    public boolean wellFormed() {
        return wellFormed;
    }

    /** Just behind the closing bracket, when well formed. */
    public int end() {
        return at;
    }

    private int pastSpace(int from) {
        int i = from;
        while (i < to && (buffer[i] == ' ' || buffer[i] == '\n' || buffer[i] == '\r' || buffer[i] == '\t')) {
            i++;
        }
        return i;
    }
}
