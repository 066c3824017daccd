package io.spoor.enrich;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spoor.enrich.unwrap.Drop;
import io.spoor.enrich.unwrap.Rejection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What enrich counts: lines by format, dropped records and rejected pieces by reason. */
final class EnrichMeters {
    /** The reason of letters that a bug of ours caused. */
    static final String INTERNAL = "internal";

    private final Counter json;
    private final Counter text;
    private final Map<Drop, Counter> drops = new EnumMap<>(Drop.class);
    private final Map<String, Counter> rejections = new HashMap<>();
    private final Counter internal;

    EnrichMeters(MeterRegistry registry) {
        json = lines(registry, "json");
        text = lines(registry, "text");
        for (Drop drop : Drop.values()) {
            drops.put(
                    drop,
                    Counter.builder("spoor.enrich.dropped")
                            .description("Records that held no line")
                            .tag("reason", drop.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (Rejection rejection : Rejection.values()) {
            rejections.put(rejection.code(), rejected(registry, rejection.code()));
        }
        internal = rejected(registry, INTERNAL);
    }

    private static Counter lines(MeterRegistry registry, String format) {
        return Counter.builder("spoor.enrich.lines")
                .description("Lines that were enriched")
                .tag("format", format)
                .register(registry);
    }

    private static Counter rejected(MeterRegistry registry, String reason) {
        return Counter.builder("spoor.enrich.rejected")
                .description("Pieces of records that became dead letters")
                .tag("reason", reason)
                .register(registry);
    }

    void line(boolean isJson) {
        (isJson ? json : text).increment();
    }

    void dropped(Drop reason) {
        Counter counter = drops.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void rejected(String reason) {
        rejections.getOrDefault(reason, internal).increment();
    }
}
