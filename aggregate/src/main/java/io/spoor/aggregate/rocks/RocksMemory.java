package io.spoor.aggregate.rocks;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that all RocksDB instances of one process share; by default each would have its own 50 MiB of cache
 * and 48 MiB of write buffers, for each segment of each store of each partition. Handed to {@link RocksOptions} among the
 * settings of Kafka Streams. Close it after the streams that use it.
 */
public final class RocksMemory implements AutoCloseable {
    /** Write buffers may fill this part of the memory before they are written out. */
    private static final int WRITE_SHARE = 4;

    private static final String SETTING = "spoor.rocks.memory";

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    public RocksMemory(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(bytes / WRITE_SHARE, cache); // counted in the cache: one bound for all
    }

    /** Makes Kafka Streams open its stores in this memory. */
    public void addTo(Map<? super String, Object> streamsSettings) {
        streamsSettings.put(SETTING, this);
        streamsSettings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksOptions.class);
    }

    static RocksMemory of(Map<String, Object> streamsSettings) {
        if (streamsSettings.get(SETTING) instanceof RocksMemory memory) {
            return memory;
        }
        throw new IllegalStateException("RocksOptions without RocksMemory.addTo");
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
