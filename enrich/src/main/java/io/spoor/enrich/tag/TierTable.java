package io.spoor.enrich.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a service's name to its tier. A name may be given whole or with a {@code *} at either end; a whole name beats a
 * pattern, a longer pattern a shorter. A service that no rule knows is a tier of its own. One instance serves one thread.
 */
public final class TierTable {
    /** The tier of a line that names no service and has no label. */
    public static final String UNKNOWN = "unknown";

    private static final int MAX_REMEMBERED = 1000;

    private record Pattern(String text, boolean openStart, boolean openEnd, String tier) {
        boolean matches(String service) {
            if (openStart && openEnd) {
                return service.contains(text);
            }
            return openStart ? service.endsWith(text) : service.startsWith(text);
        }
    }

    /** And a fixed order among equals: that of a settings file does not survive its reading. */
    private static final Comparator<Pattern> LONGEST_FIRST = Comparator.comparingInt(
                    (Pattern pattern) -> -pattern.text().length())
            .thenComparing(Pattern::text)
            .thenComparing(Pattern::openStart)
            .thenComparing(Pattern::openEnd);

    private final Map<String, String> whole = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final Map<String, String> remembered = new HashMap<>();

    public TierTable(Map<String, String> rules) {
        rules.forEach((rule, tier) -> {
            String lower = rule.toLowerCase(Locale.ROOT);
            boolean openStart = lower.startsWith("*");
            boolean openEnd = lower.length() > 1 && lower.endsWith("*");
            if (openStart || openEnd) {
                String text = lower.substring(openStart ? 1 : 0, lower.length() - (openEnd ? 1 : 0));
                patterns.add(new Pattern(text, openStart, openEnd, tier));
            } else {
                whole.put(lower, tier);
            }
        });
        patterns.sort(LONGEST_FIRST);
    }

    /** The tier of the one who produced a line: by the name that the line gives itself, else by its shipper's label. */
    public String of(@Nullable String own, @Nullable String label) {
        String service = own != null && !own.isBlank() ? own : label;
        return service == null || service.isBlank() ? UNKNOWN : of(service.strip());
    }

    private String of(String service) {
        String known = remembered.get(service);
        if (known != null) {
            return known;
        }
        String tier = find(service);
        if (remembered.size() < MAX_REMEMBERED) {
            remembered.put(service, tier);
        }
        return tier;
    }

    private String find(String service) {
        String lower = service.toLowerCase(Locale.ROOT);
        String tier = whole.get(lower);
        if (tier != null) {
            return tier;
        }
        for (Pattern pattern : patterns) {
            if (pattern.matches(lower)) {
                return pattern.tier();
            }
        }
        return service;
    }
}
