package io.spoor.aggregate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.aggregate.StoreDriver;
import io.spoor.aggregate.rocks.CountedSteps;
import io.spoor.model.Id;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkStoreTest {
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long T = 1_773_311_400_000L;

    @TempDir
    Path directory;

    private StoreDriver<WindowStore<Bytes, byte[]>> driver;
    private LinkStore links;

    @BeforeEach
    void open() {
        Properties counting = new Properties();
        CountedSteps.addTo(counting);
        driver = new StoreDriver<>(LinkStore.persistent("links", RETENTION), directory, counting);
        links = new LinkStore(driver.store());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void links_are_found_from_the_id_they_were_kept_under_in_the_order_of_ids() {
        keep("run:r", "job:j", T);
        keep("run:r", "req:q2", T);
        keep("run:r", "req:q1", T);
        keep("req:q1", "run:r", T);

        assertThat(read("run:r")).containsExactly("req:q1", "req:q2", "job:j");
        assertThat(read("req:q1")).containsExactly("run:r");
        assertThat(read("req:q2")).isEmpty();
    }

    @Test
    void ids_that_begin_alike_are_kept_apart() {
        List<String> ids = List.of("run:a", "run:ab", "run:a:", "run:a-", "req:a", "run:a\uD842\uDFB7", "run:\uFF21");
        for (String id : ids) {
            keep(id, "job:of-" + id, T);
        }
        for (String id : ids) {
            assertThat(read(id)).containsExactly("job:of-" + id);
        }
    }

    @Test
    void a_link_to_an_id_of_rare_letters_is_found_too() {
        keep("run:a", "req:\uD842\uDFB7", T);
        keep("run:a", "req:\uFF21", T);

        assertThat(read("run:a")).hasSize(2);
    }

    @Test
    void a_repeat_within_the_hour_is_one_entry_and_within_the_retention_one_link() {
        for (int i = 0; i < 50; i++) {
            keep("run:r", "req:q", T + i * HOUR);
            keep("run:r", "req:q", T + i * HOUR + 1);
        }

        assertThat(read("run:r")).containsExactly("req:q");
    }

    @Test
    void a_read_ends_at_its_limit() {
        for (int i = 0; i < 100; i++) {
            keep("req:q", "run:" + i, T);
        }

        assertThat(LinkStore.read(driver.store(), Id.ofKey("req:q"), 10)).hasSize(10);
        assertThat(LinkStore.read(driver.store(), Id.ofKey("req:q"), 100)).hasSize(100);
    }

    @Test
    void links_expire_unless_they_are_seen_again() {
        keep("run:old", "req:q", T);
        keep("run:kept", "req:q", T);
        keep("run:kept", "req:q", T + 2 * HOUR);
        keep("run:other", "req:x", T + RETENTION.toMillis() + 2 * HOUR);

        assertThat(read("run:old")).isEmpty();
        assertThat(read("run:kept")).containsExactly("req:q");
    }

    @Test
    void a_read_looks_at_no_id_but_its_own() {
        for (int i = 0; i < 20_000; i++) {
            keep("run:" + i, "req:q", T);
        }
        long before = CountedSteps.taken();

        assertThat(read("run:1000")).containsExactly("req:q");
        assertThat(read("run:nobody")).isEmpty();

        assertThat(CountedSteps.taken() - before).isLessThan(20);
    }

    private void keep(String id, String linked, long atMillis) {
        links.keep(Id.ofKey(id), Id.ofKey(linked), atMillis);
    }

    private List<String> read(String id) {
        return LinkStore.read(driver.store(), Id.ofKey(id), 1_000).stream()
                .map(Id::key)
                .toList();
    }
}
