package io.spoor.runtime.http;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;

/**
 * How a route's errors are written where its protocol knows another form than problem+json; named where the route is
 * registered, beside its scope. It also gets what the server refuses before the route is asked.
 */
@FunctionalInterface
public interface ErrorFormat extends RouteRole {
    /** Writes status and body with {@link EarlyAnswer}; the problem's headers are set already. */
    void write(Problem problem, Context ctx);
}
