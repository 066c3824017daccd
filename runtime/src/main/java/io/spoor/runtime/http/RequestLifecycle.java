package io.spoor.runtime.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.spoor.runtime.Quoted;
import io.spoor.runtime.meter.Meters;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request goes through: its id, the headers of every answer, errors as problems, and the timer. */
final class RequestLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RequestLifecycle.class);
    private static final String REQUEST_ID = "X-Request-Id";
    private static final Pattern ACCEPTABLE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

    private RequestLifecycle() {}

    static void addTo(JavalinConfig config, Gate gate, MeterRegistry registry) {
        config.routes.before(RequestLifecycle::begin);
        config.routes.beforeMatched(gate::admit);
        config.routes.exception(Problem.class, Problems::write);
        config.routes.exception(HttpResponseException.class, (e, ctx) -> Problems.write(translated(e, ctx, gate), ctx));
        config.routes.exception(Exception.class, RequestLifecycle::failed);
        config.router.javaLangErrorHandler((response, error) -> {
            log.atError().setCause(error).log("Request failed");
            response.setStatus(500);
        });
        config.requestLogger.http((ctx, millis) -> Meters.timer("spoor.http.requests")
                .tag(
                        "method",
                        METHODS.contains(ctx.method().name()) ? ctx.method().name() : "other")
                .tag("route", route(ctx))
                .tag("status", Integer.toString(ctx.statusCode()))
                .register(registry)
                .record((long) (millis * 1_000), TimeUnit.MICROSECONDS));
    }

    private static void begin(Context ctx) {
        String given = ctx.header(REQUEST_ID);
        boolean usable = given != null && ACCEPTABLE_ID.matcher(given).matches();
        ctx.header(REQUEST_ID, usable ? given : UUID.randomUUID().toString());
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Cache-Control", "no-store");
    }

    private static Problem translated(HttpResponseException e, Context ctx, Gate gate) {
        try {
            gate.admitUnmatched(ctx);
        } catch (Problem refused) {
            return refused;
        }
        if (e instanceof MethodNotAllowedResponse) {
            Set<String> allowed = new TreeSet<>();
            e.getDetails().values().forEach(methods -> allowed.addAll(Set.of(methods.split(", "))));
            return Problem.methodNotAllowed(String.join(", ", allowed));
        }
        return switch (e.getStatus()) {
            case 404 -> Problem.notFound("There is nothing at " + Quoted.of(ctx.path()) + ".");
            case 413 -> Problem.bodyTooLarge(1_000_000, "The body is larger than 1000000 bytes.");
            case 500 -> Problem.internal();
            default ->
                new Problem(
                        e.getStatus(),
                        "http-" + e.getStatus(),
                        "HTTP " + e.getStatus(),
                        Quoted.of(String.valueOf(e.getMessage())));
        };
    }

    private static void failed(Exception e, Context ctx) {
        if (e instanceof IOException) {
            // The connection broke while reading or writing; nobody is there to read an answer.
            log.atDebug().setCause(e).log("Connection lost");
        } else {
            log.atError()
                    .addKeyValue("request", ctx.res().getHeader(REQUEST_ID))
                    .addKeyValue("path", Quoted.of(ctx.path()))
                    .setCause(e)
                    .log("Request failed");
        }
        Problems.write(Problem.internal(), ctx);
    }

    /** The template, never the path: a path holds ids. */
    private static String route(Context ctx) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        return endpoint == null || endpoint.path.isEmpty() ? "none" : endpoint.path;
    }
}
