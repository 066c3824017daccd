package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H"})
    void a_number_and_a_unit_are_a_time(String text, Duration time) {
        assertThat(TimeSpan.parse("--for", text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "30 s", "1d", "12345678s"})
    void anything_else_is_told_with_its_option(String text) {
        assertThatThrownBy(() -> TimeSpan.parse("--for", text))
                .isInstanceOf(Failure.class)
                .hasMessage("--for is \"" + text + "\"; write a time such as 30s, 5m or 2h.");
    }
}
