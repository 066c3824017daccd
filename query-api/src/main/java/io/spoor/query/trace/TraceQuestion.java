package io.spoor.query.trace;

import io.javalin.http.Context;
import io.spoor.model.Id;
import io.spoor.query.trace.LinePage.Order;
import io.spoor.runtime.Quoted;
import io.spoor.runtime.http.Problem;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of one trace, read from its path and its query; wrong values are told as {@link Problem}s.
 *
 * @param limit lines in the answer, or null where none was asked for
 * @param parameters the query as it was given
 */
record TraceQuestion(
        String id,
        LineFilter filter,
        Order order,
        @Nullable Integer limit,
        @Nullable Cursor after,
        Map<String, List<String>> parameters) {
    static final int MAX_LIMIT = 10_000;

    static TraceQuestion of(Context request) {
        String id = idOf(request);
        refuseBrokenQuery(request);
        boolean exact = flag(request, "exact");
        LineFilter filter = new LineFilter(
                values(request, "tier"),
                levels(request),
                values(request, "service"),
                values(request, "requestId"),
                values(request, "runId"),
                values(request, "jobId"),
                request.queryParam("q"),
                exact ? id : null);
        Order order = order(request);
        Integer limit = limit(request);
        String cursor = request.queryParam("cursor");
        Cursor after = cursor == null ? null : cursor(cursor, question(id, filter, order));
        return new TraceQuestion(id, filter, order, limit, after, request.queryParamMap());
    }

    /** What a cursor must have been made for. */
    String question() {
        return question(id, filter, order);
    }

    /** Where the same question goes on: a reference with all that was asked, in ASCII. */
    String link(Cursor next) {
        StringBuilder link = new StringBuilder("/api/v1/traces/").append(encoded(id));
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            for (String value : parameter.getValue()) {
                if (!parameter.getKey().equals("cursor")) {
                    link.append(separator)
                            .append(encoded(parameter.getKey()))
                            .append('=')
                            .append(encoded(value));
                    separator = '&';
                }
            }
        }
        return link.append(separator)
                .append("cursor=")
                .append(next.write(question()))
                .toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String question(String id, LineFilter filter, Order order) {
        List<Object> parts = List.of(
                id,
                sorted(filter.tiers()),
                sorted(filter.levels()),
                sorted(filter.services()),
                sorted(filter.requestIds()),
                sorted(filter.runIds()),
                sorted(filter.jobIds()),
                Optional.ofNullable(filter.text()),
                Optional.ofNullable(filter.exactId()),
                order);
        return parts.toString();
    }

    private static Set<String> sorted(Set<String> values) {
        return new TreeSet<>(values);
    }

    private static String idOf(Context request) {
        String id = request.pathParam("id");
        if (!Id.wellFormed(id)) {
            throw Problem.badRequest(
                    "malformed-id",
                    "Malformed id",
                    "\"" + Quoted.of(id) + "\" cannot be an id: ids have 1 to " + Id.MAX_LENGTH
                            + " characters, letters, digits and marks such as - _ . and :, and no white space.");
        }
        return id;
    }

    /** Javalin passes over what it cannot decode, and would so answer another question than was asked. */
    private static void refuseBrokenQuery(Context request) {
        try {
            URLDecoder.decode(Objects.requireNonNullElse(request.queryString(), ""), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("malformed-query", "Malformed query", "The query has a broken percent-encoding.");
        }
    }

    private static Set<String> values(Context request, String name) {
        Set<String> values = new TreeSet<>();
        for (String given : request.queryParams(name)) {
            Arrays.stream(given.split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .forEach(values::add);
        }
        return values;
    }

    private static Set<String> levels(Context request) {
        Set<String> levels = new TreeSet<>();
        for (String level : values(request, "level")) {
            String known = level.toLowerCase(Locale.ROOT);
            if (!Set.of("debug", "info", "warn", "error").contains(known)) {
                throw badParameter("level", level, "debug, info, warn, error or several with commas between");
            }
            levels.add(known);
        }
        return levels;
    }

    private static boolean flag(Context request, String name) {
        String given = request.queryParam(name);
        if (given == null || given.equals("false")) {
            return false;
        }
        if (given.equals("true") || given.isEmpty()) {
            return true;
        }
        throw badParameter(name, given, "true or false");
    }

    private static Order order(Context request) {
        String given = request.queryParam("order");
        if (given == null || given.equals("asc")) {
            return Order.ASC;
        }
        if (given.equals("desc")) {
            return Order.DESC;
        }
        throw badParameter("order", given, "asc or desc");
    }

    private static @Nullable Integer limit(Context request) {
        String given = request.queryParam("limit");
        if (given == null) {
            return null;
        }
        if (!given.matches("[1-9][0-9]*")) {
            throw badParameter("limit", given, "a whole number from 1 to " + MAX_LIMIT);
        }
        return given.length() > 9 ? MAX_LIMIT : Math.min(MAX_LIMIT, Integer.parseInt(given));
    }

    private static Cursor cursor(String given, String question) {
        return Cursor.read(given, question)
                .orElseThrow(() -> Problem.badRequest(
                        "bad-cursor",
                        "Bad cursor",
                        "The cursor was altered or belongs to another question. Use \"next\" of an answer with the same"
                                + " parameters, or begin without a cursor."));
    }

    private static Problem badParameter(String name, String given, String permitted) {
        return Problem.badRequest(
                "bad-parameter",
                "Bad parameter",
                name + " is \"" + Quoted.of(given) + "\"; it takes " + permitted + ".");
    }
}
