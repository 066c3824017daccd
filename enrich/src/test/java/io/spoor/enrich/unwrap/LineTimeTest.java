package io.spoor.enrich.unwrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTimeTest {
    @Test
    void times_are_read_as_the_library_reads_them() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            String time = time(random);
            assertThat(rfc3339(time)).as(time).isEqualTo(library(time));
        }
    }

    /** Some of them impossible: day 31 in any month, hour 24, minute 60. */
    private static String time(Random random) {
        int digits = random.nextInt(10);
        StringBuilder time = new StringBuilder(String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d",
                random.nextInt(4) == 0 ? random.nextInt(10_000) : 1970 + random.nextInt(100),
                random.nextInt(14),
                random.nextInt(33),
                random.nextInt(25),
                random.nextInt(61),
                random.nextInt(60)));
        if (digits > 0) {
            time.append('.');
        }
        for (int i = 0; i < digits; i++) {
            time.append(random.nextInt(10));
        }
        return random.nextBoolean()
                ? time.append('Z').toString()
                : time.append(String.format(
                                Locale.ROOT,
                                "%s%02d:%02d",
                                random.nextBoolean() ? "+" : "-",
                                random.nextInt(18),
                                random.nextInt(60)))
                        .toString();
    }

    private static long library(String time) {
        try {
            return OffsetDateTime.parse(time, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return LineTime.NONE;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-12T10:30:00.123Z",
                "2026-03-12t10:30:00.123z",
                "2026-03-12 10:30:00.123",
                "2026-03-12 10:30:00,123",
                "2026-03-12T12:30:00.123456789+02:00",
                "2026-03-12T12:30:00.123+0200",
                "2026-03-12T02:30:00.1239-08"
            })
    void one_moment_has_many_spellings(String time) {
        assertThat(rfc3339(time)).isEqualTo(1773311400123L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-03-12",
                "2026-03-12T10:30",
                "2026-02-29T10:30:00Z",
                "2026-13-01T10:30:00Z",
                "2026-03-12T10:30:61Z",
                "2026-03-12T10:30:00.1234567890Z",
                "2026-03-12T10:30:00+2",
                "2026-03-12T10:30:00+24:00",
                "2026-03-12T10:30:00ZZ",
                "2026-03-12X10:30:00Z",
                "+026-03-12T10:30:00Z",
                "20-6-03-12T10:30:00Z",
                "2026-03-12T10:30:00 UTC",
                "-026-03-12T10:30:00Z",
                "2026-03-12T1a:30:00Z"
            })
    void what_is_no_time_is_none(String time) {
        assertThat(rfc3339(time)).isEqualTo(LineTime.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "1773311401, 1773311401000",
        "1773311401.123456, 1773311401123",
        "1773311401.9999, 1773311401999",
        "1773311401.1, 1773311401100",
        "1.0, 1000",
        "99999999999, 99999999999000",
        "100000000000, 100000000000",
        "1773311401123, 1773311401123",
        "1773311401123.7, 1773311401123",
        "99999999999999, 99999999999999",
        "100000000000000, 100000000000",
        "1773311401123456, 1773311401123",
        "99999999999999999, 99999999999999",
        "100000000000000000, 100000000000",
        "1773311401123456789, 1773311401123",
        "1.773311401123E9, 1773311401123",
        "1.773311401123e+12, 1773311401123",
        "17733114011230e-4, 1773311401123",
    })
    void the_size_of_a_number_tells_its_unit(String number, long millis) {
        byte[] bytes = number.getBytes(UTF_8);
        assertThat(LineTime.number(bytes, 0, bytes.length)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0.0",
                "-1",
                "-1773311401",
                "1e400",
                "1e99999999999",
                "1E-30",
                "abc",
                "1.",
                "1.2.3",
                "0e5",
                "99999999999999999999",
                "12345678901234567890123456789012345678901234567890"
            })
    void a_number_that_can_be_no_time_is_none(String number) {
        byte[] bytes = number.getBytes(UTF_8);
        assertThat(LineTime.number(bytes, 0, bytes.length)).isEqualTo(LineTime.NONE);
    }

    private static long rfc3339(String time) {
        byte[] bytes = time.getBytes(UTF_8);
        return LineTime.rfc3339(bytes, 0, bytes.length);
    }
}
