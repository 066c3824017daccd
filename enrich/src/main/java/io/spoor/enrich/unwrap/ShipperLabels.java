package io.spoor.enrich.unwrap;

import org.jspecify.annotations.Nullable;

/** What the shipper says about where a line comes from; null where it says nothing. */
public record ShipperLabels(
        @Nullable String env,
        @Nullable String host,
        @Nullable String service,
        @Nullable String instance) {
    public static final ShipperLabels NONE = new ShipperLabels(null, null, null, null);

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
}
