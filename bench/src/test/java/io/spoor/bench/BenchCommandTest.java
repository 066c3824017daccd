package io.spoor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.app.ExitCode;
import io.spoor.app.Spoor;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final CommandLine spoor = Spoor.commandLine();

    @Test
    void the_spoor_command_finds_it() {
        StringWriter out = new StringWriter();
        int exit = spoor.setOut(new PrintWriter(out)).execute("bench", "lookup", "--help");
        String usage = out.toString();
        assertThat(exit).isEqualTo(ExitCode.DONE);
        assertThat(usage).startsWith("Usage: spoor bench lookup ").contains("Examples:");
        assertThat(usage.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench                      | spoor bench: Which measurement? There is: lookup. See spoor bench --help.",
                "bench lookup --rate 0      | --rate is 0.0; write lookups a second, at most 10000.",
                "bench lookup --traces 0    | --traces is 0; write a number from 1 to 1000000.",
                "bench lookup --for soon    | --for is \"soon\"; write a time such as 30s, 5m or 2h."
            })
    void wrong_usage_is_one_sentence_and_exit_2(String line, String sentence) {
        StringWriter err = new StringWriter();
        int exit = spoor.setErr(new PrintWriter(err)).execute(line.split(" "));
        assertThat(err).hasToString(sentence + System.lineSeparator());
        assertThat(exit).isEqualTo(ExitCode.USAGE);
    }
}
