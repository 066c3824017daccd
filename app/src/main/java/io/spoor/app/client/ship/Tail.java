package io.spoor.app.client.ship;

import io.spoor.app.client.Labels;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows. It stays open, so that what was written before a rename or a removal is read to its end; the position is
 * the cursor's, always behind a line that was acknowledged, so that what is not taken now is simply read again.
 *
 * <p>Owned by one thread.
 */
final class Tail implements Closeable {

    /** A trace may go on, and a line that lacks its end may get it, for so long after the last write. */
    private static final long TRACE_MILLIS = 1_000;

    private static final long WRITER_MILLIS = 5_000;
    private static final int BATCHES = 16;
    private static final int BLOCK = 64 << 10;

    private final String key;
    private final String foundAs;
    private final Labels labels;
    private final boolean join;
    private final FileChannel channel;
    private final Cursor cursor = new Cursor();
    private String path;
    private boolean rotated;
    private boolean gone;
    private long size = -1;
    private long writtenMillis;
    private LineBatches.@Nullable AtEnd lookedFor;

    /**
     * @param channel open for reading, closed by this
     * @param rotated whether its name says that another file is written to now
     */
    Tail(Path path, String key, FileChannel channel, Labels labels, boolean join, boolean rotated) {
        this.path = path.toString();
        this.foundAs = this.path;
        this.key = key;
        this.channel = channel;
        this.labels = labels;
        this.join = join;
        this.rotated = rotated;
    }

    String key() {
        return key;
    }

    String path() {
        return path;
    }

    /** Whether no name that was asked for leads to the file any more. */
    boolean isGone() {
        return gone;
    }

    /** Bytes that wait to be delivered. */
    long lag() {
        return Math.max(0, size - cursor.offset());
    }

    /** Goes on at a place of this file or of one with the same content. False when the file does not have that content. */
    boolean goTo(Place place) throws IOException {
        byte[] before = before(place.offset(), place.footprint().length());
        if (channel.size() < place.offset() || !place.footprint().isOf(before)) {
            return false;
        }
        cursor.goTo(place, before);
        return true;
    }

    /** The file is there, under this name. */
    void seenAs(Path now) {
        String name = now.toString();
        rotated |= !name.equals(foundAs);
        path = name;
        gone = false;
    }

    /** No name that was asked for leads to the file any more. */
    void lost() {
        gone = true;
        rotated = true;
    }

    /** Nothing will be written here any more, and all is read. */
    boolean isOver(long nowMillis) {
        return gone && isQuiet(nowMillis, WRITER_MILLIS) && lookedFor == LineBatches.AtEnd.TAKE_ALL;
    }

    Place place(long nowMillis) {
        return cursor.place(gone ? foundAs : path, key, 0, nowMillis);
    }

    /**
     * The place that the file had, if it has been truncated since, or written anew up to and past the position. It is read from
     * its beginning then.
     */
    @Nullable
    Place truncated(long nowMillis) throws IOException {
        long before = size;
        size = channel.size();
        if (size != before) {
            writtenMillis = nowMillis;
            lookedFor = null;
        }
        long offset = cursor.offset();
        if (size >= offset && Arrays.equals(before(offset, cursor.before().length), cursor.before())) {
            return null;
        }
        Place place = place(nowMillis);
        cursor.restart();
        writtenMillis = nowMillis;
        lookedFor = null;
        return place;
    }

    /** Delivers what is there, at most some 16 MiB; a rotated file, whose successor waits, to its end. Returns whether there was anything. */
    boolean turn(long nowMillis, Delivery delivery) throws IOException {
        LineBatches.AtEnd atEnd = rotated && isQuiet(nowMillis, WRITER_MILLIS)
                ? LineBatches.AtEnd.TAKE_ALL
                : isQuiet(nowMillis, TRACE_MILLIS) ? LineBatches.AtEnd.LEAVE_PARTIAL : LineBatches.AtEnd.LEAVE_OPEN;
        if (atEnd == lookedFor) {
            return false;
        }
        lookedFor = atEnd;
        skipHole();
        if (cursor.offset() >= size) {
            return false;
        }
        channel.position(cursor.offset());
        LineBatches batches = new LineBatches(
                Channels.newInputStream(channel), cursor.line(), join, atEnd, LineBatches.Arrivals.ALWAYS);
        int delivered = 0;
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
            if (!delivery.deliver(path, labels, batch)) {
                lookedFor = null;
                break;
            }
            cursor.acknowledged(batch);
            if (++delivered == BATCHES && !rotated) {
                lookedFor = null;
                break;
            }
        }
        return delivered > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean isQuiet(long nowMillis, long millis) {
        return nowMillis - writtenMillis >= millis;
    }

    /**
     * A writer that keeps its own position writes behind a hole after a truncation: it reads as NULs, perhaps gigabytes of them.
     * NULs that nothing follows yet are left: they may be space reserved for what is still to be written.
     */
    private void skipHole() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long at = cursor.offset();
        while (at < size) {
            block.clear();
            int read = channel.read(block, at);
            for (int i = 0; i < read; i++) {
                if (block.get(i) != 0) {
                    if (at + i > cursor.offset()) {
                        cursor.skip(at + i);
                    }
                    return;
                }
            }
            if (read <= 0) {
                return;
            }
            at += read;
        }
    }

    private byte[] before(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, offset));
        long from = offset - bytes.capacity();
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, from + bytes.position());
            if (read < 0) {
                break;
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
