package io.spoor.ingest.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private long now;
    private final Pulse pulse = new Pulse(() -> now);

    @Test
    void silence_of_a_second_while_records_wait_is_absence() {
        pass(Duration.ofHours(1));
        assertThat(pulse.isSilent()).as("nothing waits").isFalse();
        pulse.sent();
        pass(Duration.ofMillis(999));
        assertThat(pulse.isSilent()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(pulse.isSilent()).isTrue();
    }

    @Test
    void a_slow_kafka_that_answers_now_and_then_is_not_away() {
        pulse.sent();
        pulse.sent();
        pulse.sent();
        for (int i = 0; i < 2; i++) {
            pass(Duration.ofMillis(900));
            assertThat(pulse.isSilent()).isFalse();
            pulse.acknowledged();
        }
        assertThat(pulse.admits()).isTrue();
    }

    @Test
    void while_it_is_away_one_writer_a_second_tries() {
        pulse.missed();
        assertThat(pulse.admits()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(pulse.admits()).isTrue();
        assertThat(pulse.admits()).isFalse();
        pulse.sent();
        pulse.failed();
        assertThat(pulse.admits()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(pulse.admits()).isTrue();
        pulse.sent();
        pulse.acknowledged();
        assertThat(pulse.admits()).isTrue();
        assertThat(pulse.admits()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
