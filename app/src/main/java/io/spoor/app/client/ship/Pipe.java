package io.spoor.app.client.ship;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Standard input read ahead by a thread of its own, at most 512 KiB, so that its reader can ask whether more is coming. A
 * writer that is faster than us finds its pipe full and waits.
 */
final class Pipe extends InputStream implements LineBatches.Arrivals {

    private static final int CHUNK = 64 << 10;
    private static final int CHUNKS = 8;
    private static final byte[] END = new byte[0];
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private volatile @Nullable IOException broken;
    private byte[] chunk = END;
    private int at;
    private boolean ended;

    private final BooleanSupplier stopped;

    private Pipe(BooleanSupplier stopped) {
        this.stopped = stopped;
    }

    /** @param stopped whether to end with what has been read so far */
    static Pipe from(InputStream in, BooleanSupplier stopped) {
        Pipe pipe = new Pipe(stopped);
        Thread reader = new Thread(() -> pipe.readAhead(in), "spoor-stdin");
        reader.setDaemon(true);
        reader.start();
        return pipe;
    }

    private void readAhead(InputStream in) {
        try {
            byte[] buffer = new byte[CHUNK];
            for (int read = in.read(buffer); read >= 0 && !stopped.getAsBoolean(); read = in.read(buffer)) {
                if (read > 0) {
                    chunks.put(Arrays.copyOf(buffer, read));
                }
            }
            chunks.put(END);
        } catch (IOException e) {
            broken = e;
            putEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void putEnd() {
        try {
            chunks.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean more(boolean patient) throws IOException {
        if (ended || at < chunk.length) {
            return true;
        }
        try {
            byte[] next = patient ? chunks.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) : chunks.poll();
            return next != null && take(next);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (at == chunk.length && !ended) {
            try {
                takeNext();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        if (ended) {
            if (broken != null) {
                throw new IOException(broken);
            }
            return -1;
        }
        int read = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, bytes, offset, read);
        at += read;
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void takeNext() throws InterruptedException {
        byte[] next = null;
        while (next == null) {
            boolean last = stopped.getAsBoolean();
            next = chunks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null && last) {
                next = END;
            }
        }
        take(next);
    }

    private boolean take(byte[] next) {
        chunk = next;
        at = 0;
        ended = next.length == 0;
        return true;
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }
}
