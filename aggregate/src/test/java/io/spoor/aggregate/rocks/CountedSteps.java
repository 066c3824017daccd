package io.spoor.aggregate.rocks;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** The real options, and a count of the steps that iterators take; Kafka Streams makes it, so the count is static. */
public final class CountedSteps implements RocksDBConfigSetter {
    private static final Statistics STATISTICS = new Statistics();

    private final RocksOptions real = new RocksOptions();

    public static void addTo(Properties streamsSettings) {
        streamsSettings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, CountedSteps.class);
    }

    public static long taken() {
        return STATISTICS.getTickerCount(TickerType.NUMBER_DB_NEXT);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        real.setConfig(storeName, options, configs);
        options.setStatistics(STATISTICS);
    }

    @Override
    public void close(String storeName, Options options) {}
}
