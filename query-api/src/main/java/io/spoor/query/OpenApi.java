package io.spoor.query;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** {@code GET /openapi.json}: the description of all of Spoor's HTTP, as it stands in this version. */
final class OpenApi implements Routes {
    private final byte[] document = document();
    private final String tag = '"' + HexFormat.of().formatHex(sha256(document), 0, 16) + '"';

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/openapi.json", this::answer, Scope.READ);
    }

    private void answer(Context request) {
        request.header("ETag", tag).header("Cache-Control", "no-cache");
        // The tag is a strong one: it names these bytes, not their compressed form.
        request.disableCompression();
        if (isKnownTo(request.header("If-None-Match"))) {
            request.status(304);
        } else {
            request.contentType("application/json").result(document);
        }
    }

    /** RFC 9110 §13.1.2: any of the tags, compared weakly, or {@code *}. */
    private boolean isKnownTo(@Nullable String tags) {
        return tags != null
                && Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .anyMatch(given -> given.equals("*") || given.equals(tag) || given.equals("W/" + tag));
    }

    private static byte[] document() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
