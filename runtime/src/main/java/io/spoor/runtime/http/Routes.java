package io.spoor.runtime.http;

import io.javalin.config.RoutesConfig;

/**
 * The routes that one module contributes to the server. Each is registered with the {@link io.spoor.runtime.access.Scope}
 * that it needs: {@code routes.get("/things", this::things, Scope.READ)}; without one the server does not start. A GET route
 * gets its HEAD from the server.
 */
@FunctionalInterface
public interface Routes {
    void addTo(RoutesConfig routes);
}
