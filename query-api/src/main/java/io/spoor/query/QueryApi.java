package io.spoor.query;

import io.javalin.config.RoutesConfig;
import io.spoor.aggregate.Aggregate;
import io.spoor.query.trace.TraceRoutes;
import io.spoor.runtime.http.Routes;
import java.time.InstantSource;

/** The JSON API under {@code /api/v1} and its description at {@code /openapi.json}. */
public final class QueryApi implements Routes {
    private final TraceRoutes traces;
    private final OpenApi openapi = new OpenApi();

    public QueryApi(QuerySettings settings, Aggregate aggregate, InstantSource clock) {
        this(new TraceRoutes(settings, aggregate::read, aggregate::lagMillis, aggregate::caughtUp, clock));
    }

    QueryApi(TraceRoutes traces) {
        this.traces = traces;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        traces.addTo(routes);
        openapi.addTo(routes);
    }
}
