package io.spoor.app.client;

import io.spoor.app.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** One run of a command in this process, with its streams caught and no real waiting. */
public final class CommandRun {

    public final List<Duration> waits = new ArrayList<>();
    public String stdin = "";
    public boolean isTerminal;
    public int exitCode;
    public String out = "";
    public String err = "";

    public CommandRun of(BiFunction<Terminal, Retry, Object> command, String... args) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        StringWriter stderr = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                stdout,
                new PrintWriter(stderr, true),
                isTerminal,
                isTerminal,
                Map.of("COLUMNS", "100"));
        Retry retry = new Retry(5, Duration.ofMillis(500), Duration.ofSeconds(60), () -> 0.5, waits::add);
        exitCode = commandLine(command.apply(terminal, retry), new PrintWriter(stderr, true))
                .execute(args);
        out = stdout.toString(StandardCharsets.UTF_8);
        err = stderr.toString();
        return this;
    }

    /** A command that says a failure as the whole {@code spoor} does. */
    public static CommandLine commandLine(Object command, PrintWriter err) {
        return new CommandLine(command).setErr(err).setExecutionExceptionHandler((thrown, commandLine, parsed) -> {
            if (thrown instanceof Failure failure) {
                err.println(failure.getMessage());
                return failure.exitCode();
            }
            throw thrown;
        });
    }
}
