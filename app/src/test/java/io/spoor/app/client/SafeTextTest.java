package io.spoor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain ✓ ü 完了|plain ✓ ü 完了",
                "\\e[1;31mred\\e[0m|red",
                "\\e]0;title\\a text|]0;title text",
                "\\e[31|''",
                "\\eX|X",
                "a\\tb|a    b",
                "a\\rb\\0c|abc",
            })
    void what_a_terminal_obeys_is_gone(String text, String expected) {
        String raw = text.replace("\\e", "\u001b")
                .replace("\\a", "\u0007")
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\0", "\0");

        assertThat(SafeText.clean(raw)).isEqualTo(expected);
    }

    @Test
    void harmless_text_is_not_copied() {
        String text = "Job dispatched 🎉";

        assertThat(SafeText.clean(text)).isSameAs(text);
    }

    @Test
    void a_sentence_quotes_at_most_two_hundred_characters_and_never_half_of_one() {
        String quoted = SafeText.quoted("🎉".repeat(300));

        assertThat(quoted).isEqualTo("🎉".repeat(200) + "…");
        assertThat(SafeText.quoted("a\nb")).isEqualTo("a b");
    }
}
