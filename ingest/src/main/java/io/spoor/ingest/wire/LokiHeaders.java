package io.spoor.ingest.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Loki push says of its lines, as record headers. The labels {@code env host service instance} and their usual other
 * names become shipper's labels, further labels and structured metadata headers {@code spoor.meta.<name>}, at most 15 a line,
 * names up to 1,024 and values up to 2,048 bytes; what goes beyond is left out.
 */
final class LokiHeaders {
    /** So many names of a stream or an entry are looked at, so that a body of names only cannot fill the memory. */
    private static final int MAX_NAMES = 128;

    private static final int MAX_META = 15;
    private static final int MAX_NAME_BYTES = 1_024;
    private static final int MAX_VALUE_BYTES = 2_048;

    /** By what names shippers call each label, best first. */
    private static final Map<String, List<String>> LABELS = Map.of(
            ShippedHeaders.SERVICE, List.of("service", "service_name", "container_name"),
            ShippedHeaders.HOST, List.of("host", "hostname"),
            ShippedHeaders.INSTANCE, List.of("instance", "container_id"),
            ShippedHeaders.ENV, List.of("env", "environment"));

    private LokiHeaders() {}

    /** Whether a label may be called so. */
    static boolean isLabelName(String name) {
        boolean good = !name.isEmpty() && !isDigit(name.charAt(0));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            good &= c == '_' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
        return good;
    }

    /** Notes a label or a piece of metadata; of a repeated name the last counts. */
    static void put(Map<String, String> names, String name, String value) {
        if (names.size() < MAX_NAMES || names.containsKey(name)) {
            names.put(name, value);
        }
    }

    /** For all lines of a stream. */
    static Map<String, String> ofStream(String via, Map<String, String> labels) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ShippedHeaders.VIA, via);
        Map<String, String> others = new LinkedHashMap<>(labels);
        LABELS.forEach((header, names) -> {
            for (String name : names) {
                String value = Label.clean(others.get(name));
                if (value != null) {
                    headers.put(header, value);
                    others.remove(name);
                    return;
                }
            }
        });
        others.forEach((name, value) -> putMeta(headers, name, value));
        return headers;
    }

    /**
     * For one line.
     *
     * @param nanos the time that the push gives it, if it is one
     */
    static Map<String, String> ofEntry(Map<String, String> stream, @Nullable Long nanos, Map<String, String> metadata) {
        Map<String, String> headers = new LinkedHashMap<>(stream);
        if (nanos != null) {
            headers.put(ShippedHeaders.AT, Long.toString(nanos));
        }
        metadata.forEach((name, value) -> putMeta(headers, name, value));
        return headers;
    }

    private static void putMeta(Map<String, String> headers, String name, String value) {
        long taken = headers.keySet().stream()
                .filter(key -> key.startsWith(ShippedHeaders.META))
                .count();
        String key = meta(name);
        boolean fits = !value.isEmpty() && value.getBytes(StandardCharsets.UTF_8).length <= MAX_VALUE_BYTES;
        if (fits && key != null && (taken < MAX_META || headers.containsKey(key))) {
            headers.put(key, value);
        }
    }

    private static @Nullable String meta(String name) {
        boolean fits = !name.isEmpty() && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
        return fits ? ShippedHeaders.META + Label.withoutControls(name) : null;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
