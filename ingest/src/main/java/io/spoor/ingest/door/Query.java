package io.spoor.ingest.door;

import io.javalin.http.Context;
import io.spoor.runtime.http.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The query of a request, always UTF-8: Javalin would read it in the charset that the body's media type names. */
final class Query {
    private Query() {}

    /** The first value of a parameter, or null. */
    static @Nullable String parameter(Context ctx, String name) {
        String query = ctx.queryString();
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return decoded(pair.substring(equals + 1));
            }
        }
        return null;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("malformed-query", "Malformed query", "The query has a broken percent-encoding.");
        }
    }
}
