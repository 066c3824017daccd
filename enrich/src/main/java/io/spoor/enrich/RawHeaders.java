package io.spoor.enrich;

import io.spoor.enrich.unwrap.RawLine;
import io.spoor.enrich.unwrap.ShipperLabels;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the door wrote into a raw record's headers: the shipper's labels, the time it was told, and itself. Anybody may
 * produce to a raw topic, so labels obey the same bounds as those of envelopes.
 *
 * @param atMillis epoch milliseconds, or {@link RawLine#NO_TIME}
 * @param meta what else the shipper said, by name
 */
record RawHeaders(ShipperLabels labels, long atMillis, String via, Map<String, String> meta) {
    private static final String PREFIX = "spoor.";
    private static final String META = "spoor.meta.";

    /** The door of records that came by no door of ours. */
    private static final String KAFKA = "kafka";

    static RawHeaders of(Headers headers) {
        String env = null;
        String host = null;
        String service = null;
        String instance = null;
        String via = null;
        long atMillis = RawLine.NO_TIME;
        Map<String, String> meta = Map.of();
        for (Header header : headers) {
            if (header.value() == null || !header.key().startsWith(PREFIX)) {
                continue;
            }
            switch (header.key()) {
                case "spoor.env" -> env = text(header);
                case "spoor.host" -> host = text(header);
                case "spoor.service" -> service = text(header);
                case "spoor.instance" -> instance = text(header);
                case "spoor.via" -> via = text(header);
                case "spoor.at" -> atMillis = millis(text(header));
                default -> {
                    if (header.key().startsWith(META)) {
                        meta = meta.isEmpty() ? new LinkedHashMap<>() : meta;
                        meta.put(
                                header.key().substring(META.length()),
                                new String(header.value(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return new RawHeaders(
                new ShipperLabels(env, host, service, instance), atMillis, via == null ? KAFKA : via, meta);
    }

    private static @Nullable String text(Header header) {
        return ShipperLabels.label(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static long millis(@Nullable String nanos) {
        if (nanos == null) {
            return RawLine.NO_TIME;
        }
        try {
            return Math.floorDiv(Long.parseLong(nanos), 1_000_000L);
        } catch (NumberFormatException e) {
            return RawLine.NO_TIME; // not one of our doors wrote it; the line's own time or its arrival will do
        }
    }

    /** Writes them as {@link #of} reads them. */
    void writeTo(Headers headers) {
        write(headers, "spoor.env", labels.env());
        write(headers, "spoor.host", labels.host());
        write(headers, "spoor.service", labels.service());
        write(headers, "spoor.instance", labels.instance());
        write(headers, "spoor.via", via);
        if (atMillis != RawLine.NO_TIME) {
            write(headers, "spoor.at", atMillis + "000000");
        }
        meta.forEach((name, value) -> write(headers, META + name, value));
    }

    static void write(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
