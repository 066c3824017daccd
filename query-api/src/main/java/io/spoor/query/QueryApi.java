package io.spoor.query;

import io.javalin.config.RoutesConfig;
import io.spoor.aggregate.Aggregate;
import io.spoor.query.trace.TraceRoutes;
import io.spoor.runtime.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/** The JSON API under {@code /api/v1} and its description at {@code /openapi.json}. */
public final class QueryApi implements Routes {
    private final TraceRoutes traces;
    private final byte[] openapi = openapi();

    public QueryApi(QuerySettings settings, Aggregate aggregate, InstantSource clock) {
        traces = new TraceRoutes(settings, aggregate::read, aggregate::lagMillis, aggregate::caughtUp, clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        traces.addTo(routes);
        routes.get(
                "/openapi.json",
                request -> request.contentType("application/json").result(openapi));
    }

    private static byte[] openapi() {
        try (InputStream in = QueryApi.class.getResourceAsStream("/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
