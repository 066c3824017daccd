package io.spoor.bench;

import io.spoor.app.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spoor bench}: the measurements are its subcommands. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = LookupCommand.class,
        description = "Measures Spoor on this machine, each number beside what it is compared with.",
        footer = "  spoor bench lookup   how long it takes to look up a trace")
public final class BenchCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    /** Without a subcommand. */
    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which measurement? There is: lookup");
    }
}
