package io.spoor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "59949, 59.9 s",
        "59999, 1 m 00 s",
        "123400, 2 m 03 s",
        "3599900, 1 h 00 m",
        "90000000, 25 h 00 m"
    })
    void durations(long millis, String text) {
        assertThat(Numbers.duration(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "179007, 175 KiB", "1048576, 1.0 MiB", "5368709120, 5.0 GiB"
    })
    void sizes(long bytes, String text) {
        assertThat(Numbers.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, +0.000s", "12, +0.012s", "-300, -0.300s", "61001, +61.001s"})
    void offsets(long millis, String text) {
        assertThat(Numbers.offset(millis)).isEqualTo(text);
    }

    @Test
    void one_is_one_and_many_are_grouped() {
        assertThat(Numbers.count(1, "line")).isEqualTo("1 line");
        assertThat(Numbers.count(1_234, "line")).isEqualTo("1,234 lines");
    }
}
