package io.spoor.bench;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.app.TimeSpan;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spoor bench lookup}: how long a lookup takes while nothing else happens. */
@Command(
        name = "lookup",
        mixinStandardHelpOptions = true,
        description = {
            "Stores made traces in a Spoor of its own, and looks them up at a fixed rate.",
            "Ends with 1 when the bound is missed or a lookup failed."
        },
        footer = {
            "  spoor bench lookup                            2,000 traces, 200 lookups a second",
            "  spoor bench lookup --traces 20000 -o json     more of them, for a machine to read"
        })
final class LookupCommand implements Callable<Integer> {
    /** How to show the numbers. */
    enum Output {
        text,
        json
    }

    private static final int MAX_TRACES = 1_000_000;
    private static final double MAX_RATE = 10_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Lookups a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "20s",
            description = "How long to measure, such as 20s or 5m. Default: ${DEFAULT-VALUE}.")
    private String length = "";

    @Option(
            names = "--traces",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many traces to store first. Default: ${DEFAULT-VALUE}.")
    private int traces;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (!(rate > 0 && rate <= MAX_RATE)) {
            throw new Failure(ExitCode.USAGE, "--rate is " + rate + "; write lookups a second, at most 10000.", null);
        }
        if (traces < 1 || traces > MAX_TRACES) {
            throw new Failure(ExitCode.USAGE, "--traces is " + traces + "; write a number from 1 to 1000000.", null);
        }
        LookupBench.Plan plan = new LookupBench.Plan(traces, rate, TimeSpan.parse("--for", length));
        PrintWriter err = spec.commandLine().getErr();
        LookupBench.Result result = measure(plan, err);
        LookupReport report =
                new LookupReport(plan, result, String.join(", ", spec.root().version()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(output == Output.json ? report.json() : report.text());
        out.flush();
        return result.holds() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static LookupBench.Result measure(LookupBench.Plan plan, PrintWriter err) throws InterruptedException {
        try {
            return new LookupBench(plan, InstantSource.system(), err::println).run();
        } catch (IOException e) {
            throw new Failure("The measurement broke off: " + e.getMessage() + ".", e);
        }
    }
}
