package io.spoor.query.trace;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spoor.aggregate.Unavailable;
import io.spoor.query.QuerySettings;
import io.spoor.runtime.http.Problem;
import io.spoor.runtime.http.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** {@code GET /api/v1/traces/{id}}: the trace of an id, as JSON or as its original lines. */
public final class TraceRoutes implements Routes {
    private static final String NDJSON = "application/x-ndjson";
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
        routes.get("/api/v1/traces/{id}", this::answer);
    }

    private void answer(Context request) throws IOException {
        TraceQuestion question = TraceQuestion.of(request);
        long lagMs = lagMillis.getAsLong(); // before reading: what arrives meanwhile makes the truth better, not worse
        boolean complete = caughtUp.getAsBoolean();
        Trace trace = find(question.id()).orElseThrow(() -> notFound(question.id(), complete, lagMs));
        request.header("Cache-Control", "no-store");
        request.header("Vary", "Accept, Accept-Encoding");
        String accept = request.header("Accept");
        if (accept != null && accept.contains(NDJSON)) {
            writeLines(request, question, trace);
        } else {
            writeTrace(request, question, trace, lagMs);
        }
    }

    private static Problem notFound(String id, boolean caughtUp, long lagMs) {
        if (!caughtUp) {
            return Problem.unavailable(
                    "Spoor is still reading what arrived before it started. Ask again in a moment.", 1);
        }
        return new Problem(404, "trace-not-found", "Trace not found", "No line with the id " + id + " is known here.")
                .with("lagMs", lagMs);
    }

    /** Waits out a store that is starting or moving, within the budget of a request. */
    private Optional<Trace> find(String id) {
        long deadline = clock.millis() + settings.budget().toMillis();
        while (true) {
            try {
                return finder.find(id);
            } catch (Unavailable e) {
                if (clock.millis() >= deadline) {
                    throw Problem.unavailable(e.getMessage() + ". Ask again in a moment.", 1);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("Spoor is stopping.", 1);
        }
    }

    private void writeTrace(Context request, TraceQuestion question, Trace trace, long lagMs) throws IOException {
        LinePage page = page(question, trace, question.limit() == null ? DEFAULT_LIMIT : question.limit());
        String next = page.next() == null ? null : page.next().write(question.question());
        Story story = Story.of(trace, clock.millis(), settings.lostAfter());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TraceJson json = new TraceJson(out)) {
            json.write(question.id(), trace, story, page, next, lagMs);
        }
        request.contentType("application/json").result(out.toByteArray());
    }

    /** The original lines, one a line: a line end inside an object, where it is mere white space, becomes a space. */
    private static void writeLines(Context request, TraceQuestion question, Trace trace) throws IOException {
        LinePage page = page(question, trace, question.limit() == null ? Integer.MAX_VALUE : question.limit());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (TraceLine line : page.lines()) {
            for (byte b : line.original()) {
                out.write(b == '\n' || b == '\r' ? ' ' : b);
            }
            out.write('\n');
        }
        if (page.next() != null) {
            request.header("Link", "<?cursor=" + page.next().write(question.question()) + ">; rel=\"next\"");
        }
        request.header("X-Spoor-Complete", "true");
        request.contentType(NDJSON).result(out.toByteArray());
    }

    private static LinePage page(TraceQuestion question, Trace trace, int limit) {
        return LinePage.of(trace.lines(), question.filter(), question.order(), question.after(), limit);
    }
}
