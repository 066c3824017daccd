package io.spoor.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.spoor.runtime.Quoted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Hands settings to the modules' records as checked values. A wrong value is noted as a problem and its default returned
 * instead, so that one reading finds all problems and a record is always built from values within bounds; the caller of
 * {@link Settings#read} never sees that record.
 *
 * <p>Every path must have a default in {@code reference.conf}; a missing one is a bug and throws.
 */
public final class SettingsReader {
    private final Config effective;
    private final Config reference;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> maps = new TreeSet<>();

    SettingsReader(Config effective, Config reference) {
        this.effective = effective;
        this.reference = reference;
    }

    /** Text as it stands, without the white space around it. */
    public String text(String path) {
        return value(path, config -> config.getString(path).strip(), text -> true, "write plain text");
    }

    /** A file or a directory, whether it exists or not; a relative one starts in the working directory. */
    public Path path(String path) {
        return value(
                path,
                config -> Path.of(config.getString(path).strip()),
                file -> !file.toString().isEmpty(),
                "write a path such as /var/lib/spoor");
    }

    /** Text for which {@code good} holds; {@code advice} says what to write: {@code "write letters and dashes only"}. */
    public String text(String path, Predicate<String> good, String advice) {
        return value(path, config -> config.getString(path).strip(), good, advice);
    }

    public int integer(String path, int min, int max) {
        return value(
                path,
                config -> config.getInt(path),
                number -> number >= min && number <= max,
                "write a whole number from " + min + " to " + max);
    }

    public boolean flag(String path) {
        return value(path, config -> config.getBoolean(path), any -> true, "write true or false");
    }

    /** Bytes, written with a unit: {@code 2 MiB}, {@code 500 kB}. */
    public long size(String path, long min, long max) {
        return value(
                path,
                config -> config.getMemorySize(path).toBytes(),
                bytes -> bytes >= min && bytes <= max,
                "write a size such as 2 MiB",
                "write a size from " + inUnits(min) + " to " + inUnits(max));
    }

    /** A length of time, written with a unit: {@code 30s}, {@code 24h}. */
    public Duration duration(String path, Duration min, Duration max) {
        return value(
                path,
                config -> {
                    if (config.getString(path).strip().matches("\\d+")) {
                        throw new IllegalArgumentException("no unit");
                    }
                    return config.getDuration(path);
                },
                time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0,
                "write a duration such as 30s, 5m or 24h",
                "write a duration from " + inUnits(min) + " to " + inUnits(max));
    }

    /** One of an enum's constants, in lower case with dashes. */
    public <E extends Enum<E>> E choice(String path, Class<E> type) {
        Map<String, E> choices = new TreeMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(e -> choices.put(e.name().toLowerCase(Locale.ROOT).replace('_', '-'), e));
        String chosen = value(
                path,
                config -> config.getString(path).strip().toLowerCase(Locale.ROOT),
                choices::containsKey,
                "write one of " + String.join(", ", choices.keySet()));
        E choice = choices.get(chosen);
        if (choice == null) {
            throw new IllegalStateException("reference.conf: no such choice: " + path);
        }
        return choice;
    }

    /** {@code HOST:PORT}; see {@link Address}. */
    public Address address(String path) {
        return value(
                path,
                config -> Address.parse(config.getString(path).strip()),
                any -> true,
                "write HOST:PORT, such as 127.0.0.1:7070 or [::1]:7070");
    }

    /** A list, or in a flag or variable its values with commas between. */
    public List<String> texts(String path) {
        return value(
                path,
                config -> {
                    if (config.getValue(path).valueType() == ConfigValueType.STRING) {
                        return Arrays.stream(config.getString(path).split(",", -1))
                                .map(String::strip)
                                .filter(text -> !text.isEmpty())
                                .toList();
                    }
                    return List.copyOf(config.getStringList(path));
                },
                any -> true,
                "write a list such as [a, b]");
    }

    /** A group whose keys the user chooses; nested keys are joined by dots. */
    public Map<String, String> map(String path) {
        maps.add(path);
        return value(
                path,
                config -> Settings.leaves(config.getObject(path)).entrySet().stream()
                        .filter(entry -> !(entry.getValue() instanceof ConfigObject))
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey,
                                entry -> String.valueOf(entry.getValue().unwrapped()))),
                any -> true,
                "write a group such as { key = value }");
    }

    /** A group whose keys the user chooses and whose values are some of these words, as what the words mean. */
    public <T> Map<String, T> table(String path, Map<String, T> meanings) {
        int before = problems.size();
        map(path);
        Map<String, T> table = new TreeMap<>();
        if (problems.size() > before) {
            return table;
        }
        Settings.leaves(effective.getObject(path)).forEach((key, value) -> {
            String word = String.valueOf(value.unwrapped());
            T meaning = meanings.get(word);
            if (meaning != null) {
                table.put(key, meaning);
            } else if (!(value instanceof ConfigObject)) {
                problems.add(Settings.place(value.origin(), path + "." + key) + " is \"" + Quoted.of(word)
                        + "\"; write one of " + String.join(", ", new TreeSet<>(meanings.keySet())) + ".");
            }
        });
        return table;
    }

    /** Notes a problem that only several settings together have; {@code advice} is what to write instead. */
    public void problem(String path, String advice) {
        ConfigValue value = effective.getValue(path);
        String shown = Names.isSecret(path) ? "***" : Quoted.of(String.valueOf(value.unwrapped()));
        problems.add(Settings.place(value.origin(), path) + " is \"" + shown + "\"; " + advice + ".");
    }

    List<String> problems() {
        return problems;
    }

    Set<String> maps() {
        return maps;
    }

    private <T> T value(String path, Function<Config, T> read, Predicate<T> good, String advice) {
        return value(path, read, good, advice, advice);
    }

    private <T> T value(
            String path, Function<Config, T> read, Predicate<T> good, String typeAdvice, String rangeAdvice) {
        T fallback = read.apply(reference);
        if (!effective.hasPath(path)) {
            problem(path, typeAdvice);
            return fallback;
        }
        try {
            T value = read.apply(effective);
            if (good.test(value)) {
                return value;
            }
            problem(path, rangeAdvice);
        } catch (ConfigException | IllegalArgumentException e) {
            problem(path, typeAdvice);
        }
        return fallback;
    }

    private static String inUnits(long bytes) {
        int unit = 0;
        long left = bytes;
        while (left >= 1024 && left % 1024 == 0 && unit < 4) {
            left /= 1024;
            unit++;
        }
        return left + " " + List.of("B", "KiB", "MiB", "GiB", "TiB").get(unit);
    }

    private static String inUnits(Duration time) {
        long millis = time.toMillis();
        if (millis % 3_600_000 == 0 && millis != 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis != 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
