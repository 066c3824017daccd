package io.spoor.app.client.ship;

import io.spoor.app.client.Labels;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A gzipped file, which no one writes to any more: read once, from where its text was left when it was not packed yet. Owned
 * by one thread.
 */
final class Archive implements Closeable {

    private static final int BATCHES = 16;

    private final Path path;
    private final String key;
    private final long packedSize;
    private final Labels labels;
    private final boolean join;
    private final Cursor cursor = new Cursor();
    private @Nullable InputStream text;
    private @Nullable LineBatches batches;
    private boolean over;

    /** @param packedSize in bytes, by which it is known again once it has been read */
    Archive(Path path, String key, long packedSize, Labels labels, boolean join) {
        this.path = path;
        this.key = key;
        this.packedSize = packedSize;
        this.labels = labels;
        this.join = join;
    }

    /** Goes on at a place. False when the text before it is another one. */
    boolean goTo(Place place) throws IOException {
        int length = place.footprint().length();
        try (InputStream in = Packed.text(Files.newInputStream(path))) {
            in.skipNBytes(place.offset() - length);
            byte[] before = in.readNBytes(length);
            if (!place.footprint().isOf(before)) {
                return false;
            }
            cursor.goTo(place, before);
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    String key() {
        return key;
    }

    Path path() {
        return path;
    }

    long packedSize() {
        return packedSize;
    }

    boolean isOver() {
        return over;
    }

    /** Delivers the next 16 MiB or so. */
    void turn(Delivery delivery) throws IOException {
        LineBatches lines = batches();
        for (int i = 0; i < BATCHES; i++) {
            Batch batch = lines.next();
            if (batch == null) {
                over = true;
                return;
            }
            if (!delivery.deliver(path.toString(), labels, batch)) {
                batches = null; // it lent us its bytes and goes on behind them
                close();
                return;
            }
            cursor.acknowledged(batch);
        }
    }

    Place place(long nowMillis) {
        return cursor.place(path.toString(), key, over ? packedSize : 0, nowMillis);
    }

    @Override
    public void close() throws IOException {
        if (text != null) {
            text.close();
        }
    }

    private LineBatches batches() throws IOException {
        if (batches == null) {
            text = Packed.text(Files.newInputStream(path));
            text.skipNBytes(cursor.offset());
            batches =
                    new LineBatches(text, cursor.line(), join, LineBatches.AtEnd.TAKE_ALL, LineBatches.Arrivals.ALWAYS);
        }
        return batches;
    }
}
