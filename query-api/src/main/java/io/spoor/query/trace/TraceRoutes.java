package io.spoor.query.trace;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spoor.aggregate.Unavailable;
import io.spoor.query.QuerySettings;
import io.spoor.runtime.access.Scope;
import io.spoor.runtime.http.Problem;
import io.spoor.runtime.http.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** {@code GET /api/v1/traces/{id}}: the trace of an id, as JSON or as its original lines. */
public final class TraceRoutes implements Routes {
    private static final int DEFAULT_LIMIT = 1000;
    private static final long ASK_AGAIN_MILLIS = 50;

    private final QuerySettings settings;
    private final TraceFinder finder;
    private final LongSupplier lagMillis;
    private final BooleanSupplier caughtUp;
    private final InstantSource clock;

    /**
     * Makes the routes.
     *
     * @param lagMillis how far answers are behind
     * @param caughtUp whether what is not found is unknown, rather than not processed since the start
     */
    public TraceRoutes(
            QuerySettings settings,
            KnownSource source,
            LongSupplier lagMillis,
            BooleanSupplier caughtUp,
            InstantSource clock) {
        this.settings = settings;
        this.finder = new TraceFinder(source, settings.limits());
        this.lagMillis = lagMillis;
        this.caughtUp = caughtUp;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/traces/<id>", this::answer, Scope.READ);
    }

    private void answer(Context request) throws IOException {
        TraceQuestion question = TraceQuestion.of(request);
        request.header("Vary", "Accept, Accept-Encoding");
        Representation form = Representation.preferred(
                        String.join(",", Collections.list(request.req().getHeaders("Accept"))))
                .orElseThrow(TraceRoutes::notAcceptable);
        Found found = find(question.id());
        request.header("Cache-Control", "no-store");
        switch (form) {
            case JSON -> writeTrace(request, question, found);
            case NDJSON -> writeLines(request, question, found);
        }
    }

    private static Problem notAcceptable() {
        return new Problem(
                406,
                "not-acceptable",
                "Not acceptable",
                "A trace is told as " + Representation.JSON.mediaType() + " or as " + Representation.NDJSON.mediaType()
                        + "; the Accept header takes neither.");
    }

    /**
     * A trace and how far behind it may be. The lag is from before the reading: what arrives in between makes the answer
     * better than it says, not worse.
     */
    private record Found(Trace trace, long lagMs) {}

    /** Waits for stores that are starting or moving, and for what arrived before the start, within a request's budget. */
    private Found find(String id) {
        long began = System.nanoTime();
        while (true) {
            long lagMs = lagMillis.getAsLong();
            boolean unknownMeansUnknown = caughtUp.getAsBoolean();
            String why;
            try {
                Optional<Trace> trace = finder.find(id);
                if (trace.isPresent()) {
                    return new Found(trace.get(), lagMs);
                }
                if (unknownMeansUnknown) {
                    throw notFound(id, lagMs);
                }
                why = "Spoor is still reading what arrived before it started";
            } catch (Unavailable e) {
                why = e.getMessage();
            }
            if (System.nanoTime() - began >= settings.budget().toNanos()) {
                throw Problem.unavailable(why + ". Ask again in a moment.", 1);
            }
            pause();
        }
    }

    /** While lines are under way, an id that is unknown now may be known in a moment. */
    private static Problem notFound(String id, long lagMs) {
        Problem unknown = new Problem(
                        404, "trace-not-found", "Trace not found", "No line with the id " + id + " is known here.")
                .with("lagMs", lagMs);
        return lagMs == 0 ? unknown : unknown.header("Retry-After", "1");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("Spoor is stopping.", 1);
        }
    }

    private void writeTrace(Context request, TraceQuestion question, Found found) throws IOException {
        LinePage page = page(question, found.trace(), question.limit() == null ? DEFAULT_LIMIT : question.limit());
        String next = page.next() == null ? null : page.next().write(question.question());
        Story story = Story.of(found.trace(), clock.millis(), settings.lostAfter());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TraceJson json = new TraceJson(out)) {
            json.write(question.id(), found.trace(), story, page, next, found.lagMs());
        }
        request.contentType(Representation.JSON.mediaType()).result(out.toByteArray());
    }

    /** The original lines, one a line: a line end inside an object, where it is mere white space, becomes a space. */
    private static void writeLines(Context request, TraceQuestion question, Found found) {
        LinePage page = page(question, found.trace(), question.limit() == null ? Integer.MAX_VALUE : question.limit());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (TraceLine line : page.lines()) {
            for (byte b : line.original()) {
                out.write(b == '\n' || b == '\r' ? ' ' : b);
            }
            out.write('\n');
        }
        if (page.next() != null) {
            request.header("Link", "<" + question.link(page.next()) + ">; rel=\"next\"");
        }
        // What the members of the same name say in JSON.
        request.header("X-Spoor-Complete", "true");
        request.header("X-Spoor-Truncated", Boolean.toString(found.trace().truncated()));
        request.header("X-Spoor-Lag-Ms", Long.toString(found.lagMs()));
        request.contentType(Representation.NDJSON.mediaType()).result(out.toByteArray());
    }

    private static LinePage page(TraceQuestion question, Trace trace, int limit) {
        return LinePage.of(trace.lines(), question.filter(), question.order(), question.after(), limit);
    }
}
