package io.spoor.runtime.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spoor.runtime.Readiness;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.meter.Meters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /health} while the process lives, {@code /ready} when all checks hold, {@code /metrics} for Prometheus. */
final class StandardRoutes implements Routes {
    private static final Logger log = LoggerFactory.getLogger(StandardRoutes.class);

    // Prometheus prefers what it names first and takes either; without the parameter "escaping" 1.0.0 would be invalid.
    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final List<ReadinessCheck> checks;
    private final Meters meters;

    StandardRoutes(List<ReadinessCheck> checks, Meters meters) {
        this.checks = List.copyOf(checks);
        this.meters = meters;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health", ctx -> json(ctx, Map.of("status", "alive")), Scope.OPEN);
        routes.get("/ready", this::ready, Scope.OPEN);
        routes.get("/metrics", this::metrics, Scope.READ);
    }

    private void ready(Context ctx) {
        List<Object> answers = new ArrayList<>();
        boolean all = true;
        for (ReadinessCheck check : checks) {
            Readiness now = ask(check);
            all &= now.ok();
            answers.add(new Check(check.name(), now.ok(), now.detail()));
        }
        if (!all) {
            ctx.status(503).header("Retry-After", "2");
        }
        json(ctx, new Status(all ? "ready" : "not_ready", answers));
    }

    private static Readiness ask(ReadinessCheck check) {
        try {
            return check.check();
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("check", check.name()).setCause(e).log("Readiness check failed");
            return Readiness.notReady("the check failed");
        }
    }

    private void metrics(Context ctx) throws IOException {
        String accept = ctx.header("Accept");
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        meters.scrape(out, type);
        ctx.contentType(type).result(out.toByteArray());
    }

    private static void json(Context ctx, Object value) {
        ctx.contentType("application/json").result(Json.bytes(value));
    }

    private record Status(String status, List<Object> checks) {}

    private record Check(String name, boolean ok, String detail) {}
}
