package io.spoor.app.up;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.app.HostPort;
import io.spoor.app.Spoor;
import io.spoor.app.broker.DataDirectory;
import io.spoor.runtime.settings.Settings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code spoor up}: runs until it is told to stop. */
@Command(
        name = "up",
        description = {
            "Runs everything in one process: Kafka, every role, the API.",
            "Lines are kept in the data directory and found again on the next start."
        },
        footer = {
            "  spoor up --demo                              with made traffic to look at",
            "  spoor up --data /var/lib/spoor               on a directory of your choice",
            "  spoor up --bootstrap kafka-1:9092            on a Kafka that is there already",
            "  spoor up --http 0.0.0.0:7070 --insecure      for other machines as well"
        })
public final class UpCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description = "Where the API listens (setting http.bind, 127.0.0.1:7070).")
    @Nullable
    HostPort http;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Where the embedded Kafka listens (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // by picocli, as are the next ones
    HostPort kafka;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "The data directory (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Use this Kafka, and start none. Several with commas between them.")
    @Nullable
    List<HostPort> bootstrap;

    @Option(names = "--demo", description = "Also make traffic, as of a busy CI system.")
    boolean demo;

    @Option(names = "--insecure", description = "Listen to other machines although nobody needs a token.")
    boolean insecure;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    Spoor spoor;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        StopSignal stop = new StopSignal(err, CLOSE_WITHIN, Runtime.getRuntime()::halt, System::nanoTime).listen();
        try (DataDirectory directory = DataDirectory.open(data);
                Progress progress = new Progress(err, PATIENCE)) {
            List<Role> roles = new ArrayList<>();
            Supplier<String> brokers = kafka(directory, roles);
            ServicesRole services = new ServicesRole(() -> settings(brokers.get(), directory), stop::isGiven);
            roles.add(services);
            DemoRole made = new DemoRole(() -> URI.create("http://" + services.address()), stop::isGiven);
            if (demo) {
                roles.add(made);
            }
            try (Roles all = new Roles(roles, progress)) {
                all.start(stop::isGiven);
                if (!stop.isGiven()) {
                    String requestId = made.requestIdToTry().orElse(null);
                    new Ready(services.address(), brokers.get(), directory.toString(), requestId)
                            .lines()
                            .forEach(out::println);
                    out.flush();
                }
                stop.await();
            }
        }
        err.println("Closed.");
        return ExitCode.DONE;
    }

    private Settings settings(String brokers, DataDirectory directory) {
        Map<String, String> flags = new HashMap<>();
        flags.put("kafka.bootstrap", brokers);
        flags.put("enrich.state-dir", directory.state().toString());
        flags.put("aggregate.state-dir", directory.state().toString());
        if (http != null) {
            flags.put("http.bind", http.toString());
        }
        if (insecure) {
            flags.put("http.insecure", "true");
        }
        return spoor.settings(flags);
    }

    /** The Kafka that the user has, or else a role that is one. */
    private Supplier<String> kafka(DataDirectory directory, List<Role> roles) {
        if (bootstrap != null) {
            String given = bootstrap.stream().map(HostPort::toString).collect(Collectors.joining(","));
            return () -> given;
        }
        BrokerRole broker = new BrokerRole(directory, kafka, this::endAtOnce);
        roles.add(broker);
        return broker::bootstrap;
    }

    private void check() {
        if (bootstrap != null && spec.commandLine().getParseResult().hasMatchedOption("--kafka")) {
            throw new ParameterException(
                    spec.commandLine(), "--kafka is for the embedded Kafka, and with --bootstrap there is none.");
        }
        if (!insecure && bootstrap == null && !kafka.isLoopback()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--kafka " + kafka + " lets other machines read and write everything, without a token. Choose"
                            + " an address such as 127.0.0.1:" + kafka.port()
                            + ", or add --insecure if all of that network may.",
                    null);
        }
    }

    /** The embedded broker is gone for good; nothing is left that could be closed in order. */
    private void endAtOnce(String sentence) {
        spec.commandLine().getErr().println(sentence);
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }
}
