package io.spoor.aggregate.trail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The trail store: a gatherer in memory before a segmented, changelogged window store of {@link Chunk}s.
 *
 * <p>A chunk's key is {@code <trail> 0x00 <u64 offset>}, the offset being that of the chunk's first line in its topic
 * partition, and its window starts at the time of its newest line. After a crash the same lines are read again from the
 * last committed offset on, so a chunk is only ever overwritten by lines that are still to come again: nothing that was
 * flushed is lost. A whole segment of chunks is dropped when it expires.
 *
 * <p>Why an internal interface of Kafka Streams: a commit first writes what caches hold, then waits for the changelog,
 * then commits offsets. {@link CachedStateStore#flushCache()} is the only call that comes first. {@link #commit} comes after
 * the offsets are committed, which for lines that exist nowhere else would be too late.
 */
final class ChunkedTrailStore implements TrailStore, CachedStateStore<String, byte[]> {
    /** One trail's gathered lines are written early when they reach this many bytes, one task's when all of them do. */
    private static final int FULL_CHUNK = 512 << 10;

    private static final long FULL_GATHERER = 16L << 20;

    private static final byte SEPARATOR = 0;

    /**
     * The end of time for range reads. Its highest byte is zero on purpose: the window store derives the end of a key
     * range from that byte, and with a larger one it would read on over all keys that follow.
     */
    private static final long END_OF_TIME = 1L << 48;

    private final WindowStore<Bytes, byte[]> chunks;
    private final Map<String, Gathered> gatherer = new ConcurrentHashMap<>();
    private long gatheredBytes; // the task's thread only

    ChunkedTrailStore(WindowStore<Bytes, byte[]> chunks) {
        this.chunks = chunks;
    }

    WindowStore<Bytes, byte[]> chunks() {
        return chunks;
    }

    @Override
    public void append(String trail, long offset, long atMillis, byte[] line) {
        Gathered gathered = gatherer.get(trail);
        if (gathered == null) {
            gathered = new Gathered(offset);
            gatherer.put(trail, gathered);
        }
        gathered.add(atMillis, line);
        gatheredBytes += line.length;
        if (gatheredBytes >= FULL_GATHERER) {
            flushCache();
        } else if (gathered.bytes >= FULL_CHUNK) {
            write(trail, gathered);
            gatherer.remove(trail);
        }
    }

    @Override
    public Trail read(String trail, TrailLimits limits) {
        // What is gathered is looked at first, although it comes last: a line moves from the gatherer to the chunks, so
        // in
        // this order none is missed. One that moves meanwhile is seen twice, under one id.
        Gathered gathered = gatherer.get(trail);
        List<byte[]> latest = gathered == null ? List.of() : gathered.snapshot();
        Limited lines = new Limited(limits);
        byte[] prefix = trail.getBytes(StandardCharsets.UTF_8);
        try (KeyValueIterator<Windowed<Bytes>, byte[]> found =
                chunks.fetch(chunkKey(prefix, 0), chunkKey(prefix, -1), 0, END_OF_TIME)) {
            while (found.hasNext() && !lines.full()) {
                KeyValue<Windowed<Bytes>, byte[]> next = found.next();
                lines.add(decode(trail, next.key.key().get(), next.value));
            }
        }
        lines.add(latest);
        return lines.trail();
    }

    private List<byte[]> decode(String trail, byte[] key, byte[] chunk) {
        try {
            return Chunk.decode(chunk);
        } catch (CorruptChunk e) {
            throw e.in(name(), trail, ByteBuffer.wrap(key).getLong(key.length - Long.BYTES));
        }
    }

    @Override
    public void flushCache() {
        Iterator<Map.Entry<String, Gathered>> all = gatherer.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Gathered> next = all.next();
            write(next.getKey(), next.getValue());
            all.remove();
        }
    }

    /** To the chunks before it leaves the gatherer, so that a reader finds it in one of them at any moment. */
    private void write(String trail, Gathered gathered) {
        Bytes key = chunkKey(trail.getBytes(StandardCharsets.UTF_8), gathered.offset);
        chunks.put(key, Chunk.encode(gathered.snapshot()), gathered.newest);
        gatheredBytes -= gathered.bytes;
    }

    /** The key of a chunk; as an unsigned number -1 is the greatest offset. */
    static Bytes chunkKey(byte[] trail, long offset) {
        return Bytes.wrap(ByteBuffer.allocate(trail.length + 1 + Long.BYTES)
                .put(trail)
                .put(SEPARATOR)
                .putLong(offset)
                .array());
    }

    @Override
    public String name() {
        return chunks.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        chunks.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        chunks.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return chunks.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // the store decides, and the one within is Kafka's own
    public boolean managesOffsets() {
        return chunks.managesOffsets();
    }

    @Override
    public void close() {
        gatherer.clear();
        gatheredBytes = 0;
        chunks.close();
    }

    @Override
    public boolean persistent() {
        return chunks.persistent();
    }

    @Override
    public boolean isOpen() {
        return chunks.isOpen();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<String, byte[]> listener, boolean sendOldValues) {
        return false; // nothing is forwarded downstream
    }

    @Override
    public void clearCache() {
        gatherer.clear();
        gatheredBytes = 0;
    }

    /** The lines of one answer, until a limit is met. */
    private static final class Limited {
        private final TrailLimits limits;
        private final List<byte[]> lines = new ArrayList<>();
        private long bytes;
        private boolean full;

        Limited(TrailLimits limits) {
            this.limits = limits;
        }

        boolean full() {
            return full;
        }

        void add(List<byte[]> more) {
            for (byte[] line : more) {
                full = full || lines.size() == limits.lines() || bytes + line.length > limits.bytes();
                if (full) {
                    return;
                }
                lines.add(line);
                bytes += line.length;
            }
        }

        Trail trail() {
            return new Trail(lines, full);
        }
    }

    /** One trail's lines since the last flush: written by the task's thread, read by any. */
    private static final class Gathered {
        private final long offset;
        private final List<byte[]> lines = new ArrayList<>();
        private long newest = Long.MIN_VALUE; // the task's thread only, as bytes is
        private int bytes;

        Gathered(long offset) {
            this.offset = offset;
        }

        synchronized void add(long atMillis, byte[] line) {
            lines.add(line);
            bytes += line.length;
            newest = Math.max(newest, atMillis);
        }

        synchronized List<byte[]> snapshot() {
            return new ArrayList<>(lines);
        }
    }
}
