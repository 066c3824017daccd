package io.spoor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6f1c2d3e-4b5a-4697-8899-aabbccddeeff",
                "generic:org-demo:1999c92d-41b8-423b-b0c0-e92891a013a1:058bcdd4",
                "needs-pending-test(1,2)-x",
                "straße-7",
                "a/b"
            })
    void real_ids_are_well_formed_and_survive_their_key(String value) {
        Id id = new Id(IdKind.REQUEST, value);

        assertThat(Id.ofKey(id.key())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\u0000b", "a\r\nX: y", "<b>", "\"", "\uD800", "%00", "\u200b"})
    void text_that_is_no_id_is_refused(String value) {
        assertThat(Id.wellFormed(value)).isFalse();
    }

    @Test
    void length_is_bounded() {
        assertThat(Id.wellFormed("x".repeat(128))).isTrue();
        assertThat(Id.wellFormed("x".repeat(129))).isFalse();
    }

    @Test
    void a_key_of_no_known_kind_is_refused() {
        assertThatThrownBy(() -> Id.ofKey("user:7")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Id.ofKey("plain")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-0", "3-8841", "3-8841-0", "12-9223372036854775807-7"})
    void a_line_id_reads_what_it_writes(String text) {
        assertThat(LineId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "a-b", "1-2-3-4", "-1-2", "1--2"})
    void what_is_no_line_id_is_refused(String text) {
        assertThatThrownBy(() -> LineId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
