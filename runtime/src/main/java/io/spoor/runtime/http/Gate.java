package io.spoor.runtime.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.access.Token;
import io.spoor.runtime.access.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through to the route that it matched, by the scope that this very route names; the method or the path play no
 * part. What matched nothing is for those alone who hold a token, so that nobody else learns what there is.
 *
 * <p>A token comes as {@code Authorization: Bearer}, RFC 6750, or as the password of {@code Basic}.
 */
final class Gate {
    private static final String PASSED = "spoor.passed";
    private static final String CHALLENGE = "Bearer realm=\"spoor\"";

    private final Tokens tokens;
    private final boolean openWithoutTokens;

    /** @param openWithoutTokens whether everybody may do everything while there is no token */
    Gate(Tokens tokens, boolean openWithoutTokens) {
        this.tokens = tokens;
        this.openWithoutTokens = openWithoutTokens;
    }

    /** Returns when the request may go on to its route, and throws a {@link Problem} otherwise. */
    void admit(Context ctx) {
        Scope needed = scopeOf(ctx.routeRoles()).orElse(Scope.ADMIN);
        if (needed != Scope.OPEN && !isOpenToAll()) {
            Token token = tokenOf(ctx);
            if (!token.allows(needed)) {
                throw new Problem(
                                403,
                                "insufficient-scope",
                                "Insufficient scope",
                                "The token " + token.name() + " has the scope " + token.scopeWords() + "; this needs "
                                        + needed.word() + ".")
                        .with("scope", needed.word())
                        .header(
                                "WWW-Authenticate",
                                CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + needed.word() + "\"");
            }
        }
        ctx.attribute(PASSED, true);
    }

    /** The same for a request that matches no route: whoever did not pass must hold a token, whatever its scopes. */
    void admitUnmatched(Context ctx) {
        if (ctx.attribute(PASSED) == null && !isOpenToAll()) {
            tokenOf(ctx);
        }
    }

    private boolean isOpenToAll() {
        return openWithoutTokens && tokens.isEmpty();
    }

    private Token tokenOf(Context ctx) {
        String secret = secret(ctx.header("Authorization"));
        if (secret == null) {
            throw unauthorized(
                    "This needs a token: send it as Authorization: Bearer, or as the password of Basic.", CHALLENGE);
        }
        return tokens.of(secret)
                .orElseThrow(() -> unauthorized(
                        "The token is not known here; it may have been revoked.",
                        CHALLENGE + ", error=\"invalid_token\""));
    }

    private static Problem unauthorized(String detail, String challenge) {
        return new Problem(401, "unauthorized", "Unauthorized", detail).header("WWW-Authenticate", challenge);
    }

    private static @Nullable String secret(@Nullable String authorization) {
        String[] words =
                authorization == null ? new String[0] : authorization.strip().split(" +", -1);
        if (words.length != 2) {
            return null;
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> words[1];
            case "basic" -> password(words[1]);
            default -> null;
        };
    }

    private static @Nullable String password(String base64) {
        try {
            String both = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0 ? null : both.substring(colon + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What a route was registered with, to register another one alike. */
    static RouteRole[] rolesOf(Endpoint endpoint) {
        Roles roles = endpoint.metadata(Roles.class);
        return roles == null ? new RouteRole[0] : roles.getRoles().toArray(RouteRole[]::new);
    }

    /** @throws IllegalStateException when a route names no scope: a bug, and one that must not wait for a caller to find it */
    static void requireScopes(Collection<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.method.isHttpMethod()
                    && scopeOf(Set.of(rolesOf(endpoint))).isEmpty()) {
                throw new IllegalStateException(
                        endpoint.method + " " + endpoint.path + " is registered without a Scope");
            }
        }
    }

    private static Optional<Scope> scopeOf(Set<RouteRole> roles) {
        return roles.stream()
                .filter(Scope.class::isInstance)
                .map(Scope.class::cast)
                .findFirst();
    }
}
