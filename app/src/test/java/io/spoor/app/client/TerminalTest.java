package io.spoor.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void a_terminal_is_coloured_and_a_pipe_is_not() {
        assertThat(terminal(true, Map.of()).colours(Terminal.Color.auto)).isTrue();
        assertThat(terminal(false, Map.of()).colours(Terminal.Color.auto)).isFalse();
        assertThat(terminal(true, Map.of("TERM", "dumb")).colours(Terminal.Color.auto))
                .isFalse();
    }

    @Test
    void the_flag_is_stronger_than_the_environment() {
        assertThat(terminal(false, Map.of("NO_COLOR", "1")).colours(Terminal.Color.always))
                .isTrue();
        assertThat(terminal(true, Map.of("CLICOLOR_FORCE", "1")).colours(Terminal.Color.never))
                .isFalse();
    }

    @Test
    void no_color_is_stronger_than_clicolor_and_counts_only_when_not_empty() {
        assertThat(terminal(true, Map.of("NO_COLOR", "0", "CLICOLOR_FORCE", "1"))
                        .colours(Terminal.Color.auto))
                .isFalse();
        assertThat(terminal(true, Map.of("NO_COLOR", "")).colours(Terminal.Color.auto))
                .isTrue();
    }

    @Test
    void clicolor_forces_a_pipe_and_silences_a_terminal() {
        assertThat(terminal(false, Map.of("CLICOLOR_FORCE", "1", "CLICOLOR", "0"))
                        .colours(Terminal.Color.auto))
                .isTrue();
        assertThat(terminal(false, Map.of("CLICOLOR_FORCE", "0")).colours(Terminal.Color.auto))
                .isFalse();
        assertThat(terminal(true, Map.of("CLICOLOR", "0")).colours(Terminal.Color.auto))
                .isFalse();
    }

    @Test
    void a_pipe_has_no_width_and_a_terminal_that_of_its_columns() {
        assertThat(terminal(false, Map.of("COLUMNS", "90")).width()).isEqualTo(Integer.MAX_VALUE);
        assertThat(terminal(true, Map.of("COLUMNS", "90")).width()).isEqualTo(90);
    }

    private static Terminal terminal(boolean is, Map<String, String> environment) {
        return new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintWriter(Writer.nullWriter()),
                is,
                is,
                environment);
    }
}
