package io.spoor.runtime.settings;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How setting paths are spelt elsewhere, and which known name a misspelt one was probably meant to be. */
final class Names {
    static final String ROOT = "spoor";
    private static final String[] SECRET = {"password", "secret", "token", "jaas.config", "credential", "keystore.key"};

    private Names() {}

    /** {@code spoor.ingest.http.max-body} → {@code SPOOR_INGEST_HTTP_MAX_BODY}. */
    static String variable(String path) {
        return path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** {@code spoor.ingest.http.max-body} → {@code --ingest.http.max-body}. */
    static String flag(String path) {
        return "--" + path.substring(ROOT.length() + 1);
    }

    /**
     * Kafka's own keys decide the words here: their credentials pass through under {@code spoor.kafka.client}. A path to a
     * file that holds secrets is none itself.
     */
    static boolean isSecret(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.endsWith("-file")) {
            return false;
        }
        for (String word : SECRET) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** The known name nearest to {@code name}, or null when none is near enough to be meant. */
    static @Nullable String nearest(String name, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(2, name.length() / 4) + 1;
        for (String candidate : known) {
            int distance = distance(name, candidate);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein: insertions, deletions and replacements. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
