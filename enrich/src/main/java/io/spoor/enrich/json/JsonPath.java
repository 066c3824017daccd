package io.spoor.enrich.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value may be found below an object: {@code of("a", "b")} is the member {@code b} of the object {@code a}, or
 * the member that is literally called {@code a.b}. Shippers write both. A segment may itself contain dots.
 */
public final class JsonPath {
    /** Every way to write the path, as names to follow one below the other; the most literal first. */
    final List<List<JsonName>> spellings;

    private JsonPath(List<List<JsonName>> spellings) {
        this.spellings = spellings;
    }

    public static JsonPath of(String... segments) {
        if (segments.length == 0) {
            throw new IllegalArgumentException("a path needs at least one segment");
        }
        return new JsonPath(List.copyOf(spellings(List.of(segments))));
    }

    private static List<List<JsonName>> spellings(List<String> segments) {
        List<List<JsonName>> all = new ArrayList<>();
        for (int n = segments.size(); n > 0; n--) {
            JsonName head = JsonName.of(String.join(".", segments.subList(0, n)));
            if (n == segments.size()) {
                all.add(List.of(head));
                continue;
            }
            for (List<JsonName> tail : spellings(segments.subList(n, segments.size()))) {
                List<JsonName> spelling = new ArrayList<>(List.of(head));
                spelling.addAll(tail);
                all.add(List.copyOf(spelling));
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return spellings.get(0).get(0).toString();
    }
}
