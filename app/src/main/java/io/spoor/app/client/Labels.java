package io.spoor.app.client;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A shipper's labels: who sends these lines. Names are {@code env}, {@code host}, {@code instance}, {@code service}. */
public record Labels(Map<String, String> values) {

    private static final List<String> NAMES = List.of("env", "host", "instance", "service");

    /** KiCI's rotated files, {@code {service}-{instance}-YYYY-MM-DD.log[.gz]}. */
    private static final Pattern ROTATED =
            Pattern.compile("([A-Za-z][A-Za-z0-9_.]*)-(.+)-\\d{4}-\\d{2}-\\d{2}\\.log(?:\\.gz)?");

    public Labels {
        values.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--label " + SafeText.quoted(name) + "=…: a label is one of " + String.join(", ", NAMES) + ".",
                        null);
            }
            if (value.isBlank()) {
                throw new Failure(ExitCode.USAGE, "--label " + name + "= has no value; leave it out.", null);
            }
        });
        values = Map.copyOf(values);
    }

    /** These, and where the service is not said, what a rotated file's name tells. */
    public Labels orFrom(String fileName) {
        Matcher name = ROTATED.matcher(fileName);
        if (values.containsKey("service") || !name.matches()) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(values);
        more.put("service", name.group(1));
        more.putIfAbsent("instance", name.group(2));
        return new Labels(more);
    }

    /** The address that takes lines with these labels. */
    public String path() {
        String query = new TreeMap<>(values)
                .entrySet().stream()
                        .map(label ->
                                label.getKey() + "=" + URLEncoder.encode(label.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/api/v1/logs" : "/api/v1/logs?" + query;
    }
}
