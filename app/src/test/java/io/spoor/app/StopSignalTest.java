package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StopSignalTest {
    private final StringWriter err = new StringWriter();
    private final List<Integer> halts = new CopyOnWriteArrayList<>();
    private long nanos = -7;

    @Test
    void the_first_signal_is_for_the_command_to_obey() throws InterruptedException {
        StopSignal signal = signal(Duration.ofHours(1));
        assertThat(signal.isGiven()).isFalse();
        signal.give();
        assertThat(signal.isGiven()).isTrue();
        signal.await();
        assertThat(err).hasToString("Closing ... (Ctrl-C again ends at once)" + System.lineSeparator());
        assertThat(halts).isEmpty();
    }

    @Test
    void the_second_signal_ends_at_once() {
        StopSignal signal = signal(Duration.ofHours(1));
        signal.give();
        nanos += 101_000_000;
        signal.give();
        assertThat(halts).containsExactly(130);
    }

    @Test
    void a_signal_that_a_wrapper_passes_on_as_well_is_not_a_second_one() {
        StopSignal signal = signal(Duration.ofHours(1));
        signal.give();
        nanos += 99_000_000;
        signal.give();
        assertThat(halts).isEmpty();
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void a_close_that_hangs_is_ended_and_said() {
        signal(Duration.ofMillis(20)).give();
        await("the end of the bound").until(() -> halts.equals(List.of(1)));
        assertThat(err.toString()).contains("Not closed within");
    }

    private StopSignal signal(Duration bound) {
        return new StopSignal(new PrintWriter(err, true), bound, halts::add, () -> nanos);
    }
}
