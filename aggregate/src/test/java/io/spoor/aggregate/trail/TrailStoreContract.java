package io.spoor.aggregate.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every trail store must do. */
abstract class TrailStoreContract {
    static final TrailLimits WIDE = new TrailLimits(1_000_000, 1L << 40);
    static final long T = 1_773_311_400_000L;

    /** An empty store, open for the length of a test. */
    abstract TrailStore store();

    /** What a commit does to the store. */
    abstract void flush();

    private long offset;

    void append(String trail, String line) {
        store().append(trail, offset, T + offset, line.getBytes(UTF_8));
        offset++;
    }

    List<String> read(String trail) {
        return texts(store().read(trail, WIDE));
    }

    static List<String> texts(Trail trail) {
        return trail.lines().stream().map(line -> new String(line, UTF_8)).toList();
    }

    @Test
    void a_line_is_there_as_soon_as_it_is_appended_and_after_each_flush() {
        append("run:a", "1");
        assertThat(read("run:a")).containsExactly("1");
        flush();
        assertThat(read("run:a")).containsExactly("1");
        append("run:a", "2");
        assertThat(read("run:a")).containsExactly("1", "2");
        flush();
        flush();
        assertThat(read("run:a")).containsExactly("1", "2");
    }

    @Test
    void a_trail_that_nobody_wrote_to_is_empty_and_not_truncated() {
        append("run:a", "1");

        assertThat(store().read("run:b", WIDE)).isEqualTo(new Trail(List.of(), false));
    }

    @Test
    void trails_whose_keys_begin_alike_are_kept_apart() {
        List<String> trails = List.of(
                "run:a", "run:ab", "run:a:", "run:a-", "run:", "run:aa", "req:a", "run:a\uD83D\uDC3E", "run:\u00fc");
        for (int round = 0; round < 3; round++) {
            for (String trail : trails) {
                append(trail, trail + " " + round);
            }
            if (round < 2) {
                flush();
            }
        }

        for (String trail : trails) {
            assertThat(read(trail)).containsExactly(trail + " 0", trail + " 1", trail + " 2");
        }
    }

    @Test
    void limits_give_the_first_lines_and_say_that_there_are_more() {
        for (int i = 0; i < 10; i++) {
            append("run:a", "line " + i);
            if (i == 4) {
                flush();
            }
        }

        assertThat(store().read("run:a", new TrailLimits(10, 1L << 20)).truncated())
                .isFalse();
        Trail three = store().read("run:a", new TrailLimits(3, 1L << 20));
        assertThat(texts(three)).containsExactly("line 0", "line 1", "line 2");
        assertThat(three.truncated()).isTrue();
        Trail seven = store().read("run:a", new TrailLimits(7, 1L << 20));
        assertThat(texts(seven)).hasSize(7).last().isEqualTo("line 6");
        assertThat(seven.truncated()).isTrue();
        Trail bytes = store().read("run:a", new TrailLimits(100, 6 * 4 + 5));
        assertThat(texts(bytes)).containsExactly("line 0", "line 1", "line 2", "line 3");
        assertThat(bytes.truncated()).isTrue();
        assertThat(store().read("run:a", new TrailLimits(100, 60)).truncated()).isFalse();
    }

    @Test
    void ten_thousand_lines_are_one_trail() {
        for (int i = 0; i < 10_000; i++) {
            append("run:a", "line " + i);
            if (i % 1_234 == 0) {
                flush();
            }
        }

        assertThat(read("run:a")).hasSize(10_000).first().isEqualTo("line 0");
        assertThat(read("run:a")).doesNotHaveDuplicates();
    }

    @Test
    void lines_larger_than_a_chunk_are_kept_whole() {
        String huge = "x".repeat(3 << 20);
        append("run:a", "before");
        append("run:a", huge);
        append("run:a", "after");
        flush();

        assertThat(read("run:a")).containsExactlyInAnyOrder("before", huge, "after");
    }

    @Test
    void many_trails_that_fill_the_gatherer_lose_nothing() {
        String line = "y".repeat(50_000);
        for (int i = 0; i < 500; i++) {
            append("run:" + i % 100, i + line);
        }

        for (int i = 0; i < 100; i++) {
            assertThat(read("run:" + i)).hasSize(5);
        }
    }

    @Test
    void an_offset_that_comes_again_after_a_flush_adds_at_most_a_repetition() {
        for (int i = 0; i < 5; i++) {
            store().append("run:a", i, T + i, ("line " + i).getBytes(UTF_8));
        }
        flush();
        for (int i = 0; i < 5; i++) {
            store().append("run:a", i, T + i, ("line " + i).getBytes(UTF_8));
        }
        flush();

        assertThat(new TreeSet<>(read("run:a"))).containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_reader_on_another_thread_misses_no_line_that_was_appended(long seed) throws InterruptedException {
        int lines = 4_000;
        AtomicInteger appended = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        TrailStore store = store();
        Thread reader = new Thread(
                () -> {
                    while (!done.get()) {
                        int sure = appended.get();
                        Set<String> seen = new TreeSet<>(texts(store.read("run:a", WIDE)));
                        for (int i = 0; i < sure; i++) {
                            assertThat(seen).contains("line " + i);
                        }
                    }
                },
                "reader");
        reader.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        reader.start();
        Random random = new Random(seed);
        for (int i = 0; i < lines; i++) {
            append("run:a", "line " + i);
            appended.set(i + 1);
            append("run:b" + random.nextInt(5), "other");
            if (random.nextInt(40) == 0) {
                flush();
            }
        }
        done.set(true);
        reader.join();

        assertThat(failure.get()).isNull();
        assertThat(new ArrayList<>(read("run:a"))).hasSize(lines);
    }
}
