package io.spoor.runtime.http;

import io.javalin.http.Context;

/** Writes problems. */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    static void write(Problem problem, Context ctx) {
        problem.headers().forEach(ctx::header);
        ctx.status(problem.status());
        ctx.contentType(MEDIA_TYPE);
        EarlyAnswer.send(ctx, Json.bytes(problem.body(ctx.path())));
    }
}
