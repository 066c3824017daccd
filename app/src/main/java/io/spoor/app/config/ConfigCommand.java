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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code spoor config}: prints the settings even when some are wrong, and then says which. */
@Command(
        name = "config",
        description = {
            "Prints the settings that count, and where each was set.",
            "Secrets are shown as ***. Settings can be tried out as options, as for spoor up: --http.threads=8.",
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

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory. Default: ./data.")
    private @Nullable Path data;

    /** See {@link SettingFlags}. */
    @Unmatched
    private List<String> settingFlags = new ArrayList<>();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // by picocli
    private Spoor spoor;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> flags = new HashMap<>(SettingFlags.of(spec.commandLine(), settingFlags));
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
