package io.spoor.app;

import io.spoor.app.client.TraceCommand;
import io.spoor.app.client.ship.ShipCommand;
import io.spoor.app.config.ConfigCommand;
import io.spoor.app.demo.DemoCommand;
import io.spoor.app.token.TokenCommand;
import io.spoor.app.up.UpCommand;
import io.spoor.runtime.settings.Address;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The {@code spoor} command. {@link #SUBCOMMANDS} is the list to add to, and {@link Subcommand}s of modules above this one
 * join it; all of them inherit what is set here.
 */
@Command(
        name = "spoor",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Spoor.Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        description = "Follows a request's trail through a distributed system from its logs alone.",
        footer = {
            "  spoor up --demo          try it: all in one process, with made traffic",
            "  spoor up                 start for good; lines are kept in ./data",
            "  spoor COMMAND --help     how a command is used"
        })
public final class Spoor implements Runnable {
    /** In the order in which a newcomer needs them. */
    private static final List<Class<?>> SUBCOMMANDS = List.of(
            UpCommand.class,
            ShipCommand.class,
            TraceCommand.class,
            TokenCommand.class,
            ConfigCommand.class,
            DemoCommand.class);

    /** Variables of ours that are no settings. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("SPOOR_SERVER", "SPOOR_TOKEN", "SPOOR_DEBUG", "SPOOR_LOG_LEVEL", "SPOOR_JAVA_OPTS");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The settings file; without it ./spoor.conf, if there is one.")
    @Nullable
    Path config;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    CommandSpec spec;

    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        System.exit(exitCode);
    }

    /** The whole command with all that it is made of, ready to execute; also for tests. */
    public static CommandLine commandLine() {
        CommandLine spoor = new CommandLine(new Spoor());
        SUBCOMMANDS.forEach(spoor::addSubcommand);
        ServiceLoader.load(Subcommand.class).forEach(spoor::addSubcommand);
        Errors errors = new Errors(System.getenv("SPOOR_DEBUG") != null);
        return spoor.registerConverter(Address.class, Spoor::hostPort)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setUsageHelpLongOptionsMaxWidth(28);
    }

    /** The effective settings: these flags, then the environment, then the settings file, then the defaults. */
    public Settings settings(Map<String, String> flags) {
        return Settings.load(new SettingsSources(
                flags, System.getenv(), OTHER_VARIABLES, config, Path.of("").toAbsolutePath()));
    }

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Which command? The first one to try is: spoor up --demo");
    }

    private static Address hostPort(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties build = new Properties();
            try (InputStream in = Spoor.class.getResourceAsStream("build.properties")) {
                build.load(Objects.requireNonNull(in));
            }
            return new String[] {
                "spoor " + build.getProperty("version"),
                "Kafka " + build.getProperty("kafka") + ", Java " + Runtime.version()
            };
        }
    }
}
