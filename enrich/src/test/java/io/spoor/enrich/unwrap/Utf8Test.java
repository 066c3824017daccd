package io.spoor.enrich.unwrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Leads, continuations and edges of every class of sequence. */
    private static final int[] INTERESTING = {
        0x00, 0x09, 0x1B, 0x1F, 0x20, 0x41, 0x7E, 0x7F, 0x80, 0x85, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2,
        0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF
    };

    @Test
    void any_bytes_are_judged_and_repaired_as_the_library_does() {
        Random random = new Random(3);
        Utf8 utf8 = new Utf8();
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) (random.nextInt(3) == 0 ? 'a' : INTERESTING[random.nextInt(INTERESTING.length)]);
            }
            String expected = new String(bytes, UTF_8);
            byte[] repaired = new byte[bytes.length * 3];
            int end = Utf8.repair(bytes, 0, bytes.length, repaired, 0);
            assertThat(new String(repaired, 0, end, UTF_8))
                    .as(Arrays.toString(bytes))
                    .isEqualTo(expected);
            utf8.check(bytes, 0, bytes.length);
            assertThat(utf8.malformed()).as(Arrays.toString(bytes)).isEqualTo((int)
                    expected.chars().filter(c -> c == 0xFFFD).count());
            int controls = (int) expected.chars()
                    .filter(c -> Character.isISOControl(c) && "\t\n\r\u001b".indexOf(c) < 0)
                    .count();
            assertThat(utf8.controls()).as(Arrays.toString(bytes)).isEqualTo(controls);
            int noise = utf8.malformed() + controls;
            assertThat(utf8.isBinary())
                    .as(Arrays.toString(bytes))
                    .isEqualTo(noise * 4 > expected.codePointCount(0, expected.length()));
        }
    }
}
