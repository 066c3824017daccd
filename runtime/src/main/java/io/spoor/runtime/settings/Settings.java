package io.spoor.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.spoor.runtime.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The effective settings of this process. What may be set is what the modules' {@code reference.conf} files name; a path
 * whose default is an empty object ({@code spoor.kafka.client}) is a map that users fill with keys of their own.
 */
public final class Settings {
    private static final String REFERENCE = "reference.conf";
    private static final String FILE = "spoor.conf";
    private static final String FLAG_ORIGIN = "--";

    private final Config reference;
    private final Config given;
    private final Config effective;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> maps = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private Settings(SettingsSources sources) {
        Config defaults = ConfigFactory.parseResources(Settings.class.getClassLoader(), REFERENCE)
                .withOnlyPath(Names.ROOT);
        reference = defaults.resolve();
        leaves(reference.root()).forEach((path, value) -> (isEmptyObject(value) ? maps : known).add(path));
        given = flags(sources.flags())
                .withFallback(environment(sources.environment(), sources.otherVariables()))
                .withFallback(file(sources));
        effective = effective(defaults);
    }

    /** Reads and merges; what is wrong is told by {@link #read}. */
    public static Settings load(SettingsSources sources) {
        return new Settings(sources);
    }

    /**
     * Builds a settings record.
     *
     * @throws SettingsProblems with everything that is wrong, in these settings and in what {@code from} reads
     */
    public <T> T read(Function<SettingsReader, T> from) {
        SettingsReader reader = new SettingsReader(effective, reference);
        T value = from.apply(reader);
        Set<String> open = new TreeSet<>(maps);
        open.addAll(reader.maps());
        List<String> all = new ArrayList<>(problems);
        all.addAll(unknown(open));
        all.addAll(reader.problems());
        if (!all.isEmpty()) {
            throw new SettingsProblems(all);
        }
        return value;
    }

    /** Every effective setting with its origin, by path; secrets are masked. Works whatever is wrong with them. */
    public List<Setting> list() {
        List<Setting> list = new ArrayList<>();
        Set<String> set = leaves(given.root()).keySet();
        leaves(effective.root()).forEach((path, value) -> {
            if (!isEmptyObject(value)) {
                list.add(new Setting(
                        path, render(path, value), set.contains(path) ? origin(value.origin()) : "default"));
            }
        });
        return list;
    }

    /** Defaults may be made of other settings, {@code ${spoor.data}"/state"}, and follow what is given for those. */
    private Config effective(Config defaults) {
        try {
            return given.withFallback(defaults).resolve();
        } catch (ConfigException e) {
            // A group where such a setting belongs: its reader says so.
            return given.withFallback(reference);
        }
    }

    /** Whether a setting's value may be shown to nobody: not in a list, not in a message, not among a process's options. */
    public static boolean isSecret(String path) {
        return Names.isSecret(path);
    }

    /** Every module's commented defaults, one after the other: together, a settings file. */
    public static String manual() {
        try {
            List<URL> files = Collections.list(Settings.class.getClassLoader().getResources(REFERENCE));
            // Those of every process first, then the modules by name.
            files.sort(Comparator.comparing((URL file) -> !file.toString().contains("runtime"))
                    .thenComparing(URL::toString));
            List<String> manual = new ArrayList<>();
            for (URL file : files) {
                try (InputStream in = file.openStream()) {
                    manual.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return String.join("\n", manual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Config flags(Map<String, String> flags) {
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, String> flag : new TreeMap<>(flags).entrySet()) {
            String path = flag.getKey().startsWith(Names.ROOT + ".") ? flag.getKey() : Names.ROOT + "." + flag.getKey();
            config = with(config, path, flag.getValue(), Names.flag(path));
        }
        return config;
    }

    /** {@code _} stands for both {@code .} and {@code -}, so the known paths decide what a variable means. */
    private Config environment(Map<String, String> environment, Set<String> otherVariables) {
        Map<String, String> paths = new TreeMap<>();
        known.forEach(path -> paths.put(Names.variable(path), path));
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith("SPOOR_")
                    || otherVariables.contains(name)
                    || variable.getValue().isEmpty()) {
                continue;
            }
            String path = paths.containsKey(name) ? paths.get(name) : mapKey(name);
            if (path == null) {
                Set<String> candidates = new TreeSet<>(paths.keySet());
                candidates.addAll(otherVariables);
                problems.add(notASetting(name, Names.nearest(name, candidates)));
            } else {
                config = with(config, path, variable.getValue(), name);
            }
        }
        return config;
    }

    /** {@code SPOOR_KAFKA_CLIENT_SECURITY_PROTOCOL} → {@code spoor.kafka.client.security.protocol}; Kafka's keys have no dashes. */
    private @Nullable String mapKey(String variable) {
        for (String map : maps) {
            String prefix = Names.variable(map) + "_";
            if (variable.startsWith(prefix) && variable.length() > prefix.length()) {
                return map + "."
                        + variable.substring(prefix.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.');
            }
        }
        return null;
    }

    private Config file(SettingsSources sources) {
        Path asked = sources.file();
        Path path = asked != null
                ? sources.directory().resolve(asked)
                : sources.directory().resolve(FILE);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            if (asked != null || Files.exists(path)) {
                problems.add("There is no settings file " + Quoted.of(path.toString()) + " that can be read.");
            }
            return ConfigFactory.empty();
        }
        try {
            return ConfigFactory.parseFile(path.toFile()).resolve();
        } catch (ConfigException e) {
            String where = e.origin() == null ? path.getFileName() + ": " : "";
            problems.add(where + Quoted.of(String.valueOf(e.getMessage())).replaceAll("\\.?$", "."));
            return ConfigFactory.empty();
        }
    }

    private Config with(Config config, String path, String value, String origin) {
        try {
            return config.withValue(path, ConfigValueFactory.fromAnyRef(value, origin));
        } catch (ConfigException e) {
            problems.add(Quoted.of(origin) + " is not a setting.");
            return config;
        }
    }

    private List<String> unknown(Set<String> open) {
        List<String> unknown = new ArrayList<>();
        leaves(given.root()).forEach((path, value) -> {
            boolean inMap = open.stream().anyMatch(map -> path.startsWith(map + ".") || path.equals(map));
            // An object where a plain value belongs is told by the reader, as a wrong type.
            boolean belowKnown = known.stream().anyMatch(name -> path.startsWith(name + "."));
            if (inMap || belowKnown || known.contains(path) || isEmptyObject(value)) {
                return;
            }
            String name = place(value.origin(), path);
            boolean group = known.stream().anyMatch(setting -> setting.startsWith(path + "."));
            unknown.add(
                    group
                            ? name + " is a group of settings, not a setting."
                            : notASetting(name, spelling(value.origin(), Names.nearest(path, known))));
        });
        return unknown;
    }

    private static @Nullable String spelling(ConfigOrigin origin, @Nullable String path) {
        return path != null && origin.description().startsWith(FLAG_ORIGIN) ? Names.flag(path) : path;
    }

    private static String notASetting(String name, @Nullable String nearest) {
        return name + " is not a setting" + (nearest == null ? "." : "; did you mean " + nearest + "?");
    }

    /** {@code spoor.conf: 12: spoor.http.bind}, or the flag or variable that set it. */
    static String place(ConfigOrigin origin, String path) {
        String filename = origin.filename();
        if (filename == null) {
            return Quoted.of(origin.description());
        }
        Path file = Path.of(filename).getFileName();
        return file + ": " + origin.lineNumber() + ": " + Quoted.of(path);
    }

    private static String origin(ConfigOrigin origin) {
        String filename = origin.filename();
        return filename == null ? origin.description() : Path.of(filename).getFileName() + ": " + origin.lineNumber();
    }

    private static String render(String path, ConfigValue value) {
        if (Names.isSecret(path)) {
            return "***";
        }
        return value.valueType() == ConfigValueType.STRING
                ? String.valueOf(value.unwrapped())
                : value.render(ConfigRenderOptions.concise());
    }

    private static boolean isEmptyObject(ConfigValue value) {
        return value instanceof ConfigObject object && object.isEmpty();
    }

    /** Every value that is not an object, and every empty object, by its dotted path. */
    static Map<String, ConfigValue> leaves(ConfigObject object) {
        Map<String, ConfigValue> leaves = new TreeMap<>();
        collect("", object, leaves);
        return leaves;
    }

    private static void collect(String prefix, ConfigObject object, Map<String, ConfigValue> leaves) {
        object.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof ConfigObject inner && !inner.isEmpty()) {
                collect(name + ".", inner, leaves);
            } else {
                leaves.put(name, value);
            }
        });
    }
}
