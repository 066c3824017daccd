package io.spoor.enrich.unwrap;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the shipper says about where a line comes from; null where it says nothing. */
public record ShipperLabels(
        @Nullable String env,
        @Nullable String host,
        @Nullable String service,
        @Nullable String instance) {
    public static final ShipperLabels NONE = new ShipperLabels(null, null, null, null);

    private static final int MAX_BYTES = 256;

    /** These, and where they say nothing what {@code others} say. */
    public ShipperLabels or(ShipperLabels others) {
        return new ShipperLabels(
                env != null ? env : others.env,
                host != null ? host : others.host,
                service != null ? service : others.service,
                instance != null ? instance : others.instance);
    }

    boolean complete() {
        return env != null && host != null && service != null && instance != null;
    }

    /** Trimmed, at most 256 bytes, control characters made visible; null when nothing fit for a label is left. */
    public static @Nullable String label(String value) {
        String label = value.strip();
        if (label.isEmpty()
                || label.length() > MAX_BYTES
                || label.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return null;
        }
        StringBuilder visible = new StringBuilder(label);
        for (int i = 0; i < visible.length(); i++) {
            if (Character.isISOControl(visible.charAt(i))) {
                visible.setCharAt(i, '_');
            }
        }
        return visible.toString();
    }
}
