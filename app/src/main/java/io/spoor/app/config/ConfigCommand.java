package io.spoor.app.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.spoor.app.AllSettings;
import io.spoor.app.ExitCode;
import io.spoor.app.SettingFlags;
import io.spoor.app.Spoor;
import io.spoor.app.Table;
import io.spoor.runtime.Quoted;
import io.spoor.runtime.settings.Setting;
import io.spoor.runtime.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code spoor config}: prints the settings even when some are wrong, and then says which. */
@Command(
        name = "config",
        description = {
            "Prints the settings that count and where each was set: as an option, in a variable, in the settings file or by"
                    + " default. Secrets are shown as ***.",
            "Takes the options of spoor up that are settings, such as --http.bind=127.0.0.1:8080.",
            "Ends with 2 when a setting is wrong, after telling all that are."
        },
        footer = {
            "  spoor config                       what counts, and why",
            "  spoor config --defaults            all settings explained, as a file to edit",
            "  SPOOR_HTTP_THREADS=8 spoor config  a variable for every setting"
        })
public final class ConfigCommand implements Callable<Integer> {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text or json. Default: text.")
    private Table.Output output = Table.Output.text;

    @Option(names = "--defaults", description = "Print the commented defaults of all modules instead.")
    private boolean defaults;

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory (setting data, ./data).")
    private @Nullable Path data;

    @Mixin
    private SettingFlags settingFlags = new SettingFlags();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // by picocli
    private Spoor spoor;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> flags = new HashMap<>(settingFlags.given());
        if (data != null) {
            flags.put("data", data.toString());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (defaults) {
            out.print(Settings.manual());
            out.flush();
            return ExitCode.DONE;
        }
        Settings settings = spoor.settings(flags);
        out.print(output == Table.Output.json ? json(settings.list()) : text(settings.list()));
        out.flush();
        settings.read(AllSettings::from);
        return ExitCode.DONE;
    }

    private static String text(List<Setting> settings) {
        return Table.of(settings.stream()
                .map(setting ->
                        List.of(Quoted.of(setting.path()), Quoted.of(setting.value()), Quoted.of(setting.origin())))
                .toList());
    }

    private static String json(List<Setting> settings) {
        ArrayNode list = new ObjectMapper().createArrayNode();
        for (Setting setting : settings) {
            list.addObject()
                    .put("path", setting.path())
                    .put("value", setting.value())
                    .put("origin", setting.origin());
        }
        return list.toPrettyString() + System.lineSeparator();
    }
}
