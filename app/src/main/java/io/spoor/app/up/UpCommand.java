package io.spoor.app.up;

import io.spoor.app.AllSettings;
import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.app.SettingFlags;
import io.spoor.app.Spoor;
import io.spoor.app.StopSignal;
import io.spoor.app.broker.DataDirectory;
import io.spoor.app.client.Client;
import io.spoor.app.client.Retry;
import io.spoor.runtime.CannotStart;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.http.HttpServer;
import io.spoor.runtime.settings.Address;
import io.spoor.runtime.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import picocli.CommandLine.Unmatched;

/** {@code spoor up}: runs until it is told to stop. */
@Command(
        name = "up",
        description = {
            "Runs everything in one process: Kafka, every role, the API.",
            "Lines are kept in the data directory and found again on the next start.",
            "Any setting is an option, too: --ingest.max-line=2MiB; spoor config lists them."
        },
        footer = {
            "  spoor up --demo                              with made traffic to look at",
            "  spoor up --data /var/lib/spoor               on a directory of your choice",
            "  spoor up --bootstrap kafka-1:9092            on a Kafka that is there already",
            "  spoor up --http 0.0.0.0:7070                 for others, who need tokens"
        })
public final class UpCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description = "Where the API listens (setting http.bind, 127.0.0.1:7070).")
    @Nullable
    Address http;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Where the embedded Kafka listens (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // by picocli, as are the next ones
    Address kafka;

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory. Default: ./data.")
    @Nullable
    Path data;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Use this Kafka, and start none. Several with commas between them.")
    @Nullable
    List<Address> bootstrap;

    @Option(names = "--demo", description = "Also make traffic, as of a busy CI system.")
    boolean demo;

    @Option(names = "--insecure", description = "Listen to other machines although nobody needs a token.")
    boolean insecure;

    /** See {@link SettingFlags}. */
    @Unmatched
    List<String> settingFlags = new ArrayList<>();

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    Spoor spoor;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        check();
        Map<String, String> flags = flags();
        AllSettings settings = spoor.settings(flags).read(AllSettings::from);
        Tokens tokens = Tokens.of(settings.access().tokensFile());
        refuseOpenDoor(settings, tokens);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        StopSignal stop = new StopSignal(err, CLOSE_WITHIN, Runtime.getRuntime()::halt, System::nanoTime).listen();
        try (DataDirectory directory = DataDirectory.open(settings.data());
                Progress progress = new Progress(err, PATIENCE)) {
            List<Role> roles = new ArrayList<>();
            Supplier<String> brokers = kafka(directory, roles);
            ServicesRole services = new ServicesRole(() -> settings(flags, brokers.get()), tokens, stop::isGiven);
            roles.add(services);
            DemoRole made = new DemoRole(() -> ownClient(services, tokens), stop::isGiven);
            if (demo) {
                roles.add(made);
            }
            try (Roles all = new Roles(roles, progress)) {
                all.start(stop::isGiven);
                if (!stop.isGiven()) {
                    String requestId = made.requestIdToTry().orElse(null);
                    new Ready(services.uri(), !tokens.isEmpty(), brokers.get(), directory.toString(), requestId)
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

    private Settings settings(Map<String, String> flags, String brokers) {
        Map<String, String> all = new HashMap<>(flags);
        all.put("kafka.bootstrap", brokers);
        return spoor.settings(all);
    }

    private static Client ownClient(ServicesRole services, Tokens tokens) {
        String secret = tokens.issueOwn("demo", Scope.INGEST, Instant.now());
        return new Client(services.uri(), Retry.patient(), secret, null);
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>(SettingFlags.of(spec.commandLine(), settingFlags));
        if (data != null) {
            flags.put("data", data.toString());
        }
        if (http != null) {
            flags.put("http.bind", http.toString());
        }
        if (insecure) {
            flags.put("http.insecure", "true");
        }
        return flags;
    }

    /** Before anything is started. */
    private void refuseOpenDoor(AllSettings settings, Tokens tokens) {
        if (demo && settings.http().tls() != null) {
            throw new ParameterException(
                    spec.commandLine(), "--demo sends its traffic by plain HTTP; try it without spoor.http.tls.");
        }
        try {
            HttpServer.refuseOpenDoor(settings.http(), tokens);
        } catch (CannotStart e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The Kafka that the user has, or else a role that is one. */
    private Supplier<String> kafka(DataDirectory directory, List<Role> roles) {
        if (bootstrap != null) {
            String given = bootstrap.stream().map(Address::toString).collect(Collectors.joining(","));
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
        if (SettingFlags.of(spec.commandLine(), settingFlags).containsKey("kafka.bootstrap")) {
            throw new ParameterException(
                    spec.commandLine(), "Name the Kafka to use with --bootstrap, not with --kafka.bootstrap.");
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
