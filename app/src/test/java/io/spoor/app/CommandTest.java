package io.spoor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.runtime.CannotStart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

class CommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TestFactory
    Stream<DynamicTest> the_help_of_every_command_is_as_reviewed() {
        return commands().entrySet().stream()
                .map(command -> DynamicTest.dynamicTest(
                        command.getKey(),
                        () -> Golden.assertMatches(
                                "help/" + command.getKey() + ".txt",
                                command.getValue().getUsageMessage(Ansi.OFF))));
    }

    @TestFactory
    Stream<DynamicTest> the_help_of_every_command_teaches_by_example_within_80_columns() {
        return commands().entrySet().stream()
                .map(command -> DynamicTest.dynamicTest(command.getKey(), () -> {
                    String usage = command.getValue().getUsageMessage(Ansi.OFF);
                    assertThat(usage).contains("Examples:").contains("  spoor ");
                    assertThat(usage.lines())
                            .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
                    assertThat(command.getValue()
                                    .getCommandSpec()
                                    .usageMessage()
                                    .footer())
                            .allSatisfy(example -> assertThat(example).hasSizeLessThanOrEqualTo(80));
                }));
    }

    @Test
    void version_names_what_a_bug_report_needs() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("spoor [0-9].*\\RKafka [0-9.]+, Java [0-9].*\\R");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                            | spoor: Which command? The first one to try is: spoor up --demo. See spoor --help.",
                "upp                         | spoor: Unknown command 'upp'; did you mean up? See spoor --help.",
                "up --htp 127.0.0.1:1        | spoor up: Unknown option '--htp'; did you mean --http? See spoor up --help.",
                "up now                      | spoor up: Unknown argument 'now'. See spoor up --help.",
                "up --http 7070              | spoor up: Invalid value for option '--http': '7070' is not HOST:PORT; write for"
                        + " example 127.0.0.1:7070 or [::1]:7070. See spoor up --help.",
                "up --http                   | spoor up: Missing required parameter for option '--http' (HOST:PORT)."
                        + " See spoor up --help.",
                "up --bootstrap a:1 --kafka 127.0.0.1:2 | spoor up: --kafka is for the embedded Kafka, and with --bootstrap there"
                        + " is none. See spoor up --help.",
                "up --http 0.0.0.0:7070      | Anyone who reaches 0.0.0.0:7070 could read and write logs, because there are no"
                        + " tokens. Make one with `spoor token create`, listen on 127.0.0.1, or accept that with --insecure.",
                "up --http.thread 3 --ingest.max-lin=2MiB | --http.thread is not a setting; did you mean --http.threads?"
                        + " (1 of 2 problems)~--ingest.max-lin is not a setting; did you mean --ingest.max-line?"
                        + " (2 of 2 problems)",
                "up --http.threads=many      | --http.threads is \"many\"; write a whole number from 8 to 1000.",
                "up --kafka.client.ssl.key.password=x | spoor up: --kafka.client.ssl.key.password is a secret, and everybody on"
                        + " this machine can see the options of a process; write it in the settings file. See spoor up --help.",
                "up --kafka.bootstrap=a:1    | spoor up: Name the Kafka to use with --bootstrap, not with --kafka.bootstrap. See"
                        + " spoor up --help.",
                "token                       | spoor token: Write create, list or revoke after it. See spoor token --help.",
                "token create x              | spoor token create: Missing required option: '--scope=SCOPE'. See spoor token create"
                        + " --help.",
                "token create x --scope rite | spoor token create: \"rite\" is no scope; write ingest, read or admin. See spoor"
                        + " token create --help.",
                "token create a/b --scope read | spoor token create: \"a/b\" is no name for a token; take letters, digits, dots"
                        + " and dashes, at most 64. See spoor token create --help.",
                "up --kafka 0.0.0.0:9092     | --kafka 0.0.0.0:9092 lets other machines read and write everything, without a"
                        + " token. Choose an address such as 127.0.0.1:9092, or add --insecure if all of that network may."
            })
    void wrong_usage_is_one_sentence_and_exit_2(String line, String sentence) {
        assertThat(run(line == null ? new String[0] : line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString(sentence.replace("~", System.lineSeparator()) + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_failure_is_its_sentence_and_its_exit_code() {
        assertThat(runFailing(new Failure(ExitCode.NOT_FOUND, "No such trace.", null)))
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(err).hasToString("No such trace." + System.lineSeparator());
    }

    @Test
    void what_keeps_a_role_from_starting_is_its_sentence_and_exit_1() {
        assertThat(runFailing(new CannotStart("No broker answered."))).isEqualTo(ExitCode.FAILED);
        assertThat(err).hasToString("No broker answered." + System.lineSeparator());
    }

    @Test
    void a_bug_says_that_it_is_one_without_a_stack_trace() {
        assertThat(runFailing(new IllegalStateException("odd"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("This is a bug in Spoor:");
    }

    private int run(String... args) {
        return captured(Spoor.commandLine()).execute(args);
    }

    private int runFailing(RuntimeException failure) {
        @Command(name = "failing")
        class Failing implements Runnable {
            @Override
            public void run() {
                throw failure;
            }
        }
        CommandLine spoor = Spoor.commandLine();
        spoor.addSubcommand(
                new CommandLine(new Failing()).setExecutionExceptionHandler(spoor.getExecutionExceptionHandler()));
        return captured(spoor).execute("failing");
    }

    private CommandLine captured(CommandLine command) {
        return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    private static Map<String, CommandLine> commands() {
        CommandLine spoor = Spoor.commandLine();
        Map<String, CommandLine> commands = new TreeMap<>();
        commands.put("spoor", spoor);
        spoor.getSubcommands().forEach((name, command) -> {
            commands.put(name, command);
            command.getSubcommands().forEach((inner, below) -> commands.put(name + "-" + inner, below));
        });
        return commands;
    }
}
