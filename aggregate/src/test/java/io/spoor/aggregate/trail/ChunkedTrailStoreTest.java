package io.spoor.aggregate.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spoor.aggregate.StoreDriver;
import io.spoor.aggregate.rocks.CountedSteps;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedTrailStoreTest extends TrailStoreContract {
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final int MAX_RECORD = 16 << 20;

    @TempDir
    Path directory;

    private StoreDriver<TrailStore> driver;

    @BeforeEach
    void open() {
        driver = open("first", new Properties());
    }

    private StoreDriver<TrailStore> open(String state, Properties more) {
        return new StoreDriver<>(
                TrailStores.persistent("trails", RETENTION, MAX_RECORD), directory.resolve(state), more);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Override
    TrailStore store() {
        return driver.store();
    }

    @Override
    void flush() {
        chunked().flushCache();
    }

    private ChunkedTrailStore chunked() {
        return (ChunkedTrailStore) driver.store();
    }

    @Test
    void lines_flushed_together_are_one_change_of_the_changelog_a_trail() {
        for (int i = 0; i < 100; i++) {
            append("run:" + i % 2, "line");
        }
        flush();

        assertThat(driver.changes())
                .hasSize(2)
                .allSatisfy(change -> assertThat(Chunk.decode(change.value())).hasSize(50));
    }

    @Test
    void the_changelog_is_never_compacted_and_kept_as_long_as_the_last_segment() {
        StoreBuilder<TrailStore> builder = TrailStores.persistent("trails", RETENTION, MAX_RECORD);

        assertThat(builder.loggingEnabled()).isTrue();
        assertThat(builder.logConfig())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry(
                        "retention.ms", Long.toString(Duration.ofHours(108).toMillis()))
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("max.message.bytes", Integer.toString(MAX_RECORD));
    }

    @Test
    void lines_expire_once_lines_later_by_the_retention_have_come() {
        TrailStore store = store();
        store.append("run:a", 0, T, "old".getBytes(UTF_8));
        flush();
        store.append("run:b", 1, T + RETENTION.toMillis() - 1, "new".getBytes(UTF_8));
        flush();
        assertThat(read("run:a")).containsExactly("old");

        store.append("run:b", 2, T + RETENTION.toMillis() + 1, "newer".getBytes(UTF_8));
        flush();
        assertThat(read("run:a")).isEmpty();
        assertThat(read("run:b")).containsExactly("new", "newer");
    }

    @Test
    void a_damaged_chunk_is_named_and_none_of_its_trail_is_taken_for_all() {
        append("run:a", "fine");
        append("run:b", "fine");
        flush();
        byte[] chunk = Chunk.encode(List.of("line".getBytes(UTF_8)));
        chunk[chunk.length - 1] ^= 1;
        WindowStore<Bytes, byte[]> chunks = raw();
        chunks.put(ChunkedTrailStore.chunkKey("run:a".getBytes(UTF_8), 77), chunk, T);

        assertThatThrownBy(() -> read("run:a"))
                .isInstanceOf(CorruptChunk.class)
                .hasMessage("Store trails, trail run:a: the chunk from offset 77 on is damaged: "
                        + "its checksum does not match its bytes");
        assertThat(read("run:b")).containsExactly("fine");
    }

    /** The window store within. */
    private WindowStore<Bytes, byte[]> raw() {
        return chunked().chunks();
    }

    @Test
    void a_read_looks_at_no_trail_but_its_own() {
        Properties counting = new Properties();
        CountedSteps.addTo(counting);
        driver.close();
        driver = open("counted", counting);
        for (int i = 0; i < 20_000; i++) {
            append("run:" + i, "line " + i);
        }
        append("run:1000", "second");
        flush();
        long before = CountedSteps.taken();

        assertThat(read("run:1000")).containsExactly("line 1000", "second");
        assertThat(read("run:nobody")).isEmpty();

        assertThat(CountedSteps.taken() - before).isLessThan(20);
    }

    /**
     * Kill -9 at any point, any number of times: what had reached the changelog is restored into an empty directory, and
     * lines are processed again from the last offset that was committed, which is never ahead of the changelog.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothing_flushed_is_lost_and_nothing_doubles_whenever_the_process_is_killed(long seed) {
        int lines = 600;
        Random random = new Random(seed);
        List<TestRecord<byte[], byte[]>> changelog = new ArrayList<>();
        int committed = 0;
        for (int life = 0; committed < lines; life++) {
            driver.close();
            driver = open("life-" + life, new Properties());
            restore(changelog);
            assertComplete(committed);
            int killedAt = life > 5 ? lines : Math.min(lines, committed + random.nextInt(200));
            int flushed = committed;
            for (int i = committed; i < killedAt; i++) {
                store().append("run:" + i % 7, i, T + i, Integer.toString(i).getBytes(UTF_8));
                if (random.nextInt(25) == 0) {
                    flush();
                    flushed = i + 1;
                    if (random.nextBoolean()) { // else killed between flush and commit, or the commit comes later
                        committed = flushed;
                    }
                }
            }
            if (killedAt == lines) {
                flush();
                committed = lines;
            }
            chunked().clearCache(); // what was only in memory dies with the process
            changelog.addAll(driver.changes());
        }
        driver.close();
        driver = open("last", new Properties());
        restore(changelog);

        assertComplete(lines);
    }

    private void assertComplete(int lines) {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < lines; i++) {
            expected.add(Integer.toString(i));
        }
        Set<String> found = new TreeSet<>();
        for (int trail = 0; trail < 7; trail++) {
            int t = trail;
            assertThat(read("run:" + trail)).allMatch(line -> Integer.parseInt(line) % 7 == t);
            found.addAll(read("run:" + trail));
        }
        assertThat(found).containsAll(expected);
    }

    /** As Kafka Streams does it: a change's key is a chunk's key, its time (8 bytes) and a number (4 bytes). */
    private void restore(List<TestRecord<byte[], byte[]>> changelog) {
        for (TestRecord<byte[], byte[]> change : changelog) {
            int end = change.key().length - Long.BYTES - Integer.BYTES;
            long atMillis = ByteBuffer.wrap(change.key()).getLong(end);
            raw().put(Bytes.wrap(Arrays.copyOf(change.key(), end)), change.value(), atMillis);
        }
        driver.changes(); // these are in the changelog already
    }
}
