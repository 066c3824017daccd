package io.spoor.aggregate.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {
    private final Backlog backlog = new Backlog();

    @Test
    void a_reader_at_the_end_has_no_lag() {
        assertThat(backlog.note(1_000, 0, 0)).isZero();
        assertThat(backlog.note(1_200, 50, 50)).isZero();
        assertThat(backlog.note(1_400, 50, 60))
                .as("the reader was asked after the end")
                .isZero();
    }

    @Test
    void the_lag_is_the_age_of_the_oldest_record_not_reached() {
        backlog.note(1_000, 10, 0);
        backlog.note(1_200, 20, 0);

        assertThat(backlog.note(1_400, 30, 9)).isEqualTo(400);
        assertThat(backlog.note(1_600, 30, 10)).isEqualTo(400);
        assertThat(backlog.note(1_800, 30, 25)).isEqualTo(400);
        assertThat(backlog.note(2_000, 30, 30)).isZero();
    }

    @Test
    void a_topic_made_anew_starts_anew() {
        backlog.note(1_000, 100, 100);

        assertThat(backlog.note(1_200, 5, 0)).isZero();
        assertThat(backlog.note(1_400, 5, 0)).isEqualTo(200);
    }

    @Test
    void a_reader_that_stands_still_for_long_is_never_said_to_be_nearer_than_it_is() {
        int samples = 2 * Backlog.MAX_SAMPLES;
        for (int i = 1; i <= samples; i++) {
            backlog.note(i * 200L, i, 0);
        }

        assertThat(backlog.note(samples * 200L, samples, 0)).isEqualTo((samples - 1) * 200L);
        assertThat(backlog.note(samples * 200L, samples, samples - 1)).isGreaterThanOrEqualTo(200);
        assertThat(backlog.note(samples * 200L, samples, samples)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_lag_is_never_smaller_than_the_truth_by_more_than_a_sample(long seed) {
        Random random = new Random(seed);
        List<Long> arrivals = new ArrayList<>();
        long now = 0;
        int position = 0;
        backlog.note(now, 0, 0);
        for (int sample = 0; sample < 1_000; sample++) {
            for (int i = random.nextInt(5); i > 0; i--) {
                arrivals.add(now + random.nextInt(200));
            }
            arrivals.sort(null);
            now += 200;
            position += random.nextInt(Math.min(6, arrivals.size() - position + 1));
            long truth = position == arrivals.size() ? 0 : now - arrivals.get(position);

            assertThat(backlog.note(now, arrivals.size(), position)).isBetween(truth - 200, truth);
        }
    }
}
