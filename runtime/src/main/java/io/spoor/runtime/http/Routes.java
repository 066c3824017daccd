package io.spoor.runtime.http;

import io.javalin.config.RoutesConfig;

/** The routes that one module contributes to the server. A GET route gets its HEAD from the server. */
@FunctionalInterface
public interface Routes {
    void addTo(RoutesConfig routes);
}
