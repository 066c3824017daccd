package io.spoor.runtime.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, strongest first.
 *
 * @param flags setting path (with or without the leading {@code spoor.}) to value, as given on the command line
 * @param environment the process's environment; only {@code SPOOR_*} is looked at, an empty value counts as absent
 * @param otherVariables {@code SPOOR_*} variables that are no settings, such as {@code SPOOR_SERVER}
 * @param file the settings file asked for, which must exist; {@code null}: {@code spoor.conf} in {@code directory}, if
 *     there is one
 * @param directory the working directory
 */
public record SettingsSources(
        Map<String, String> flags,
        Map<String, String> environment,
        Set<String> otherVariables,
        @Nullable Path file,
        Path directory) {
    public SettingsSources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
        otherVariables = Set.copyOf(otherVariables);
    }

    /** Defaults alone. */
    public static SettingsSources none() {
        return flags(Map.of());
    }

    /** Flags over defaults, and nothing of the surroundings. */
    public static SettingsSources flags(Map<String, String> flags) {
        return new SettingsSources(flags, Map.of(), Set.of(), null, Path.of("/nonexistent"));
    }
}
