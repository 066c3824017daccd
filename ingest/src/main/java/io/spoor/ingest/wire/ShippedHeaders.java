package io.spoor.ingest.wire;

/** The record headers that doors add; values are UTF-8 text. */
public final class ShippedHeaders {
    public static final String ENV = "spoor.env";
    public static final String HOST = "spoor.host";
    public static final String SERVICE = "spoor.service";
    public static final String INSTANCE = "spoor.instance";

    /** The time that the shipper gave, epoch nanoseconds as decimal text. */
    public static final String AT = "spoor.at";

    /** The door. */
    public static final String VIA = "spoor.via";

    /** What else the shipper said, {@code spoor.meta.<name>}. */
    public static final String META = "spoor.meta.";

    private ShippedHeaders() {}
}
