package io.spoor.aggregate.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private final CatchUp catchUp = new CatchUp("raw");

    @Test
    void an_empty_start_is_caught_up_with_at_once() {
        assertThat(look(0, 0, 0, 0)).isTrue();
    }

    @Test
    void a_backlog_seen_for_the_first_time_is_not_caught_up_with() {
        assertThat(look(0, 100, 0, 0)).isFalse();
        assertThat(look(0, 0, 0, 100)).as("nor is one of the second hop").isFalse();
    }

    @Test
    void what_enrich_has_just_written_must_be_processed_too() {
        look(0, 100, 0, 0);
        assertThat(look(100, 100, 0, 90)).isFalse();
        assertThat(look(100, 100, 89, 90)).isFalse();
        assertThat(look(100, 100, 90, 90)).isTrue();
    }

    @Test
    void what_arrives_after_the_start_does_not_count() {
        look(0, 100, 0, 0);
        assertThat(look(100, 900, 50, 90)).isFalse();
        assertThat(look(500, 999, 90, 400)).isTrue();
    }

    @Test
    void it_holds_for_ever() {
        look(0, 0, 0, 0);
        assertThat(look(0, 100, 0, 100)).isTrue();
    }

    private boolean look(long enriched, long rawEnd, long processed, long enrichedEnd) {
        TopicPartition raw = new TopicPartition("raw", 0);
        TopicPartition lines = new TopicPartition("lines", 0);
        return catchUp.note(Map.of(raw, enriched, lines, processed), Map.of(raw, rawEnd, lines, enrichedEnd));
    }
}
