package io.spoor.ingest.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The values of shippers' labels. */
public final class Label {
    private static final int MAX_BYTES = 256;

    private Label() {}

    /** Trimmed and without control characters; null when nothing is left or it is no label, being over 256 bytes. */
    public static @Nullable String clean(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String clean = withoutControls(value.strip());
        boolean usable = !clean.isEmpty() && clean.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
        return usable ? clean : null;
    }

    /** Control characters as {@code _}. */
    static String withoutControls(String value) {
        StringBuilder out = new StringBuilder(value);
        for (int i = 0; i < out.length(); i++) {
            if (Character.isISOControl(out.charAt(i))) {
                out.setCharAt(i, '_');
            }
        }
        return out.toString();
    }
}
