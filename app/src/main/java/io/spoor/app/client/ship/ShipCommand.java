package io.spoor.app.client.ship;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.app.StopSignal;
import io.spoor.app.client.Labels;
import io.spoor.app.client.Retry;
import io.spoor.app.client.SafeText;
import io.spoor.app.client.ServerOption;
import io.spoor.app.client.Terminal;
import io.spoor.model.Topics;
import io.spoor.runtime.settings.Address;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spoor ship}: delivers the lines of files or of standard input, once or as they are written. */
@Command(
        name = "ship",
        mixinStandardHelpOptions = true,
        description = {
            "Delivers log lines to a running Spoor.",
            "Files may be gzipped. A file named service-instance-YYYY-MM-DD.log says its own service and instance.",
            "Ends with 1 when a line was refused or could not be delivered, with 4 when no answer came in time;"
                    + " with --follow asks again for ever instead, and ends with Ctrl-C."
        },
        footer = {
            "  spoor ship --label service=orchestrator orchestrator.log",
            "  journalctl -f -o cat -u kici-agent | spoor ship --label service=agent -",
            "  spoor ship --follow '/var/log/kici/*.log' '/var/log/kici/*.gz'",
            "  spoor ship --follow --kafka kafka-1:9092 --label host=ci-7 'app.log*'"
        })
public final class ShipCommand implements Callable<Integer> {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Files or quoted patterns such as 'logs/**.log*', to ship in this order; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--follow",
            description = {
                "Go on as lines are written, through rotations and with new files of a pattern. Continues where"
                        + " the last time ended."
            })
    private boolean follow;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where --follow remembers how far it came. Default: ~/.local/state/spoor/ship.")
    private @Nullable Path state;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "service, host, env or instance of these lines; repeat for more.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--join",
            negatable = true,
            description = "Ship the lines of a crash's trace as one, or do not. Default: only with --follow.")
    private @Nullable Boolean join;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no summary; only what went wrong.")
    private boolean quiet;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Deliver into Kafka at this broker rather than over HTTP. Several with commas between.")
    private List<String> kafka = List.of();

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "spoor",
            description = "With --kafka: deliver into PREFIX.logs.raw. Default: ${DEFAULT-VALUE}.")
    private String topicPrefix = "spoor";

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(names = "--to", paramLabel = "URL", description = "The same as --server.")
    private @Nullable String to;

    private final Terminal terminal;
    private final Retry retry;
    private final InstantSource clock;
    private final Supplier<Stop> signal;

    /** The user's wish to end. */
    @FunctionalInterface
    interface Stop {
        /** Waits at most so long. Returns whether it is time to end. */
        boolean within(Duration longest) throws InterruptedException;

        default boolean now() {
            try {
                return within(Duration.ZERO);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        /** A wait that breaks off when it is time to end. */
        default void pause(Duration wait) throws InterruptedException {
            if (within(wait)) {
                throw new InterruptedException("stopped");
            }
        }
    }

    public ShipCommand() {
        this(Terminal.ofProcess(), Retry.patient());
    }

    ShipCommand(Terminal terminal, Retry retry) {
        this(
                terminal,
                retry,
                InstantSource.system(),
                () -> new StopSignal(terminal.err(), CLOSE_WITHIN, Runtime.getRuntime()::halt, System::nanoTime)
                        .listen()::await);
    }

    ShipCommand(Terminal terminal, Retry retry, InstantSource clock, Supplier<Stop> signal) {
        this.terminal = terminal;
        this.retry = retry;
        this.clock = clock;
        this.signal = signal;
    }

    @Override
    public Integer call() {
        ShipReport report = new ShipReport(terminal, quiet);
        Labels named = new Labels(labels);
        boolean stdin = files.contains("-");
        if (follow && stdin && files.size() > 1) {
            throw new Failure(
                    ExitCode.USAGE, "With --follow, - must be the only file; it never ends. Start two of them.", null);
        }
        if (state != null && !follow) {
            throw new Failure(ExitCode.USAGE, "--state is for --follow; leave it out.", null);
        }
        if (to != null) {
            server.set(to);
        }
        // Without --follow an interrupted delivery ends as any command does.
        Stop stop = follow ? signal.get() : wait -> false;
        try (Target target = target(report, stop)) {
            if (follow && !stdin) {
                follow(target, named, report, stop);
            } else {
                List<Path> paths = new ArrayList<>();
                files.forEach(file -> paths.addAll(check(file)));
                ship(target, named, paths, report, stop);
            }
        }
        return report.hasFailures() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void ship(Target target, Labels named, List<Path> paths, ShipReport report, Stop stop) {
        Shipper shipper = new Shipper(target, named, joins(), report);
        try {
            for (Path path : paths) {
                if (path.toString().equals("-")) {
                    shipper.shipStdin(terminal.in(), stop::now);
                } else {
                    shipper.ship(path);
                }
            }
        } finally {
            report.finish();
        }
    }

    private void follow(Target target, Labels named, ShipReport report, Stop stop) {
        for (String file : files) {
            if (!FilePatterns.isValid(file)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "\"" + SafeText.quoted(file) + "\" is no pattern; close its brackets, as in 'logs/*.{log,gz}'.",
                        null);
            }
        }
        FilePatterns patterns = new FilePatterns(files);
        Path directory = state != null ? state : stateDirectory(terminal.environment());
        try (Places places = Places.open(directory);
                Follower follower = new Follower(patterns, places, named, joins(), target, report, clock, stop::now)) {
            if (patterns.files().isEmpty()) {
                report.note("No file is there yet by " + SafeText.quoted(String.join(" ", files)) + "; waiting.");
            }
            follower.run(stop::pause);
        } finally {
            report.finish();
        }
    }

    private boolean joins() {
        return join == null ? follow : join;
    }

    private Target target(ShipReport report, Stop stop) {
        String where = kafka.isEmpty() ? server.uri().toString() : "Kafka at " + String.join(",", kafka);
        Retry patience = !follow
                ? retry
                : Retry.endless(wait -> {
                    report.waiting(where);
                    stop.pause(wait);
                });
        if (kafka.isEmpty()) {
            return new HttpTarget(server.client(patience));
        }
        kafka.forEach(ShipCommand::checkBroker);
        if (!Topics.isLegalPrefix(topicPrefix)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--topic-prefix is \"" + SafeText.quoted(topicPrefix)
                            + "\"; write letters, digits, dots, dashes and underscores, at most 200.",
                    null);
        }
        String via = files.equals(List.of("-")) ? "stdin" : "file";
        return KafkaTarget.open(String.join(",", kafka), new Topics(topicPrefix).logsRaw(), via, patience);
    }

    private static void checkBroker(String broker) {
        try {
            Address.parse(broker);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "--kafka: " + SafeText.quoted(String.valueOf(e.getMessage())) + ".", e);
        }
    }

    /** By the XDG base directory specification. */
    private static Path stateDirectory(Map<String, String> environment) {
        String home = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = home.startsWith("/")
                ? Path.of(home)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".local", "state");
        return base.resolve("spoor").resolve("ship");
    }

    /** Before the first line is sent: a typing mistake in the last name must not leave half a delivery. */
    private static List<Path> check(String file) {
        String name = SafeText.quoted(file);
        if (!FilePatterns.isValid(file)) {
            throw new Failure("There is no file " + name + ". Nothing was shipped.");
        }
        if (file.equals("-")) {
            return List.of(Path.of(file));
        }
        List<Path> found =
                FilePatterns.isPattern(file) ? new FilePatterns(List.of(file)).files() : List.of(Path.of(file));
        if (found.isEmpty()) {
            throw new Failure("No file matches " + name + ". Nothing was shipped.");
        }
        found.forEach(ShipCommand::check);
        return found;
    }

    private static void check(Path file) {
        File path = file.toFile();
        String name = SafeText.quoted(file.toString());
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
