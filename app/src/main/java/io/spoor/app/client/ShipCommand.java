package io.spoor.app.client;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spoor ship}: delivers the lines of files or of standard input. */
@Command(
        name = "ship",
        mixinStandardHelpOptions = true,
        description = {
            "Delivers log lines to a running Spoor.",
            "Files may be gzipped. A file named service-instance-YYYY-MM-DD.log says its own service and instance.",
            "Ends with 1 when a line was refused or could not be delivered, with 4 when no answer came in time."
        },
        footer = {
            "  spoor ship --label service=orchestrator orchestrator.log",
            "  journalctl -o cat -u kici-agent | spoor ship --label service=agent -"
        })
public final class ShipCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to ship in this order; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "service, host, env or instance of these lines; repeat for more.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no summary; only what went wrong.")
    private boolean quiet;

    @Mixin
    private ServerOption server = new ServerOption();

    private final Terminal terminal;
    private final Retry retry;

    public ShipCommand() {
        this(Terminal.ofProcess(), Retry.patient());
    }

    ShipCommand(Terminal terminal, Retry retry) {
        this.terminal = terminal;
        this.retry = retry;
    }

    @Override
    public Integer call() {
        ShipReport report = new ShipReport(terminal, quiet);
        Shipper shipper = new Shipper(server.client(retry), new Labels(labels), report);
        files.forEach(ShipCommand::check);
        try {
            for (String file : files) {
                if (file.equals("-")) {
                    shipper.shipStdin(terminal.in());
                } else {
                    shipper.ship(Path.of(file));
                }
            }
        } finally {
            report.finish();
        }
        return report.hasRefusals() ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Before the first line is sent: a typing mistake in the last name must not leave half a delivery. */
    private static void check(String file) {
        File path = new File(file);
        if (file.equals("-")) {
            return;
        }
        String name = SafeText.quoted(file);
        if (path.isDirectory()) {
            throw new Failure(name + " is a directory; name the files in it, for example " + name
                    + "/*.log. Nothing was shipped.");
        }
        if (!path.exists()) {
            throw new Failure("There is no file " + name + ". Nothing was shipped.");
        }
        if (!path.canRead()) {
            throw new Failure(name + " cannot be read: permission denied. Nothing was shipped.");
        }
    }
}
