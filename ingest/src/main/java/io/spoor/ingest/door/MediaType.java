package io.spoor.ingest.door;

import io.javalin.http.Context;
import java.util.Locale;

/** The {@code Content-Type} of a request. */
final class MediaType {
    private MediaType() {}

    /** In lower case and without parameters; empty when there is none. */
    static String of(Context ctx) {
        String header = ctx.header("Content-Type");
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
