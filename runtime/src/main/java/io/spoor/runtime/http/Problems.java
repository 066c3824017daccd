package io.spoor.runtime.http;

import io.javalin.http.Context;

/** Writes problems, in the form that the route's protocol asks for. */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    static void write(Problem problem, Context ctx) {
        problem.headers().forEach(ctx::header);
        ctx.routeRoles().stream()
                .filter(ErrorFormat.class::isInstance)
                .map(ErrorFormat.class::cast)
                .findFirst()
                .orElse(Problems::json)
                .write(problem, ctx);
    }

    private static void json(Problem problem, Context ctx) {
        ctx.status(problem.status());
        ctx.contentType(MEDIA_TYPE);
        EarlyAnswer.send(ctx, Json.bytes(problem.body(ctx.path())));
    }
}
