package io.spoor.aggregate.rocks;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/** The options of every RocksDB instance: of each segment of trails and links, and of the runs. Made by Kafka Streams. */
public final class RocksOptions implements RocksDBConfigSetter {
    /** What the names of the trail store's segments begin with. */
    private static final String CHUNKS = "trails";

    private static final long WRITE_BUFFER = 4L << 20;
    private static final long BLOCK = 16L << 10;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        RocksMemory memory = RocksMemory.of(configs);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        // Indexes and filters in the cache too: outside they would grow with the data, and no setting would bound them.
        table.setBlockCache(memory.cache()).setCacheIndexAndFilterBlocks(true);
        // A chunk is some kilobytes: in the default 4 KiB blocks each would need its own index entry.
        table.setBlockSize(BLOCK);
        options.setTableFormatConfig(table);
        // Many instances share the memory, so a single one holds little back; the manager flushes the largest first.
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER);
        // Written once, dropped whole: merging rarely costs least, and with few files a range read touches few.
        options.setCompactionStyle(CompactionStyle.UNIVERSAL);
        // Chunks are compressed already; links and runs shrink to a third.
        options.setCompressionType(
                storeName.startsWith(CHUNKS) ? CompressionType.NO_COMPRESSION : CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String storeName, Options options) {
        // The memory is shared and closed by its owner.
    }
}
