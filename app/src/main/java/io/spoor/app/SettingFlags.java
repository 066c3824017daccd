package io.spoor.app;

import io.spoor.runtime.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Any setting as an option, {@code --ingest.max-line=2MiB} or {@code --ingest.max-line 2MiB}; without a value it is switched
 * on. What the settings do not know they tell themselves, all of it at once; anything without a dot is no setting.
 */
public final class SettingFlags {
    private static final String DASHES = "--";

    private SettingFlags() {}

    /**
     * Setting path to value.
     *
     * @param command the command that was given
     * @param arguments what it does not know itself
     * @throws ParameterException when something is neither a setting nor an option, or a secret
     */
    public static Map<String, String> of(CommandLine command, List<String> arguments) {
        Map<String, String> flags = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            if (!flag.startsWith(DASHES) || flag.indexOf('.') < 0) {
                unknown.add(argument);
                continue;
            }
            String path = flag.substring(DASHES.length());
            if (Settings.isSecret(path)) {
                throw new ParameterException(
                        command,
                        flag
                                + " is a secret, and everybody on this machine can see the options of a process; write it in"
                                + " the settings file.");
            }
            boolean valueFollows =
                    i + 1 < arguments.size() && !arguments.get(i + 1).startsWith(DASHES);
            if (equals >= 0) {
                flags.put(path, argument.substring(equals + 1));
            } else {
                flags.put(path, valueFollows ? arguments.get(++i) : "true");
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnmatchedArgumentException(command, unknown);
        }
        return flags;
    }
}
