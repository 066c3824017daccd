package io.spoor.enrich.unwrap;

import io.spoor.enrich.json.JsonScan;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One line as it was before anybody wrapped it, and what its wrappers told of it.
 *
 * <p>A view that {@link Unwrap} reuses: it, its buffer and its scan are good until the sink returns. The bytes are
 * valid UTF-8. JSON lines are exactly the object as shipped; text lines keep their indentation and inner line ends.
 */
public final class RawLine {
    /** In place of epoch milliseconds: nothing is known. */
    public static final long NO_TIME = LineTime.NONE;

    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer = NOTHING;
    private int from;
    private int to;
    private @Nullable JsonScan scan;
    private Context context = Context.NONE;
    private boolean nested;

    private int index;
    private long atMillis;
    private TimeSource timeSource = TimeSource.ARRIVAL;

    // Set while the record is still being taken apart, for pieces that turn out to be no line.
    private @Nullable Rejection rejection;
    private String detail = "";
    private @Nullable Drop drop;

    RawLine() {}

    public byte[] buffer() {
        return buffer;
    }

    /** Of the line's first byte in {@link #buffer}. */
    public int from() {
        return from;
    }

    /** Just behind the line's last byte. */
    public int to() {
        return to;
    }

    /** Whether the line is a JSON object; else it is text. */
    public boolean json() {
        return scan != null;
    }

    /** The line's members, for a line that is {@link #json}. */
    public JsonScan fields() {
        if (scan == null) {
            throw new IllegalStateException("a text line has no fields");
        }
        return scan;
    }

    /** The line's bytes as a string; makes a copy. */
    public String text() {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    public ShipperLabels labels() {
        return context.labels();
    }

    /** Epoch milliseconds, not yet checked for sense. */
    public long atMillis() {
        return atMillis;
    }

    public TimeSource timeSource() {
        return timeSource;
    }

    /** Whether bytes that were no UTF-8, or halves of surrogate pairs, became U+FFFD. */
    public boolean replaced() {
        return context.replaced();
    }

    /** Whether a container runtime had split the line, and more of it follows in a later record. */
    public boolean partial() {
        return context.partial();
    }

    /** Whether it was wrapped more often than is undone, and so still is a wrapper. */
    public boolean nested() {
        return nested;
    }

    public Shape shape() {
        return context.shape();
    }

    /** What the wrapper told beyond labels and time. */
    public Extras extras() {
        return context.extras();
    }

    /** The line's number in its record, from 0; -1 when the record gave just one line or rejection. */
    public int index() {
        return index;
    }

    RawLine piece(byte[] bytes, int first, int behind, Context told) {
        buffer = bytes;
        from = first;
        to = behind;
        context = told;
        scan = null;
        nested = false;
        rejection = null;
        drop = null;
        return this;
    }

    RawLine asJson(JsonScan fields) {
        scan = fields;
        return this;
    }

    void nestedIf(boolean stillWrapped) {
        nested = stillWrapped;
    }

    RawLine asRejected(Rejection reason, String sentence) {
        rejection = reason;
        detail = sentence;
        return this;
    }

    void asDropped(Drop reason) {
        drop = reason;
    }

    void at(int number, long millis, TimeSource source) {
        index = number;
        atMillis = millis;
        timeSource = source;
    }

    /** Lets go of the record's bytes. */
    void release() {
        piece(NOTHING, 0, 0, Context.NONE);
    }

    @Nullable
    JsonScan scan() {
        return scan;
    }

    Context context() {
        return context;
    }

    @Nullable
    Rejection rejection() {
        return rejection;
    }

    String detail() {
        return detail;
    }

    @Nullable
    Drop drop() {
        return drop;
    }
}
