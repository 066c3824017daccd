package io.spoor.runtime.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * An error answer, RFC 9457: thrown by a handler, written by the server as {@code application/problem+json}.
 *
 * <p>{@link #kind()} is stable and makes the {@code type}, {@code https://spoor.dev/problems/<kind>}; the detail is one
 * sentence for the person who sent the request. Own members and headers are added by {@link #with} and {@link #header}.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String TYPES = "https://spoor.dev/problems/";

    private final int status;
    private final String kind;
    private final String title;
    private final String detail;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new TreeMap<>();

    /** For a kind that has no factory method here. {@code kind} is in kebab case. */
    public Problem(int status, String kind, String title, String detail) {
        // It is an answer, not a failure of ours: where it was thrown interests nobody.
        super(detail, null, false, false);
        this.status = status;
        this.kind = kind;
        this.title = title;
        this.detail = detail;
    }

    /** 400: what was sent cannot be understood. */
    public static Problem badRequest(String kind, String title, String detail) {
        return new Problem(400, kind, title, detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "not-found", "Not found", detail);
    }

    /**
     * 405: the resource is there, the method is not.
     *
     * @param allow the methods that would do, {@code GET, HEAD}
     */
    public static Problem methodNotAllowed(String allow) {
        return new Problem(405, "method-not-allowed", "Method not allowed", "This resource takes " + allow + ".")
                .header("Allow", allow);
    }

    public static Problem requestTimeout(String detail) {
        return new Problem(408, "request-timeout", "Request timeout", detail);
    }

    /**
     * 413: more than is taken.
     *
     * @param limit the number that the body exceeds, in the unit that the detail tells
     */
    public static Problem bodyTooLarge(long limit, String detail) {
        return new Problem(413, "body-too-large", "Body too large", detail).with("limit", limit);
    }

    public static Problem unsupportedMediaType(String detail) {
        return new Problem(415, "unsupported-media-type", "Unsupported media type", detail);
    }

    public static Problem tooManyRequests(String detail, int retryAfterSeconds) {
        return new Problem(429, "too-many-requests", "Too many requests", detail)
                .header("Retry-After", Integer.toString(retryAfterSeconds));
    }

    public static Problem internal() {
        return new Problem(
                500, "internal", "Internal error", "Something failed here. The log has it under this request's id.");
    }

    /** 503: the same request may succeed later. */
    public static Problem unavailable(String detail, int retryAfterSeconds) {
        return new Problem(503, "unavailable", "Unavailable", detail)
                .header("Retry-After", Integer.toString(retryAfterSeconds));
    }

    /** Adds a member of our own; a name of RFC 9457 may not be taken. */
    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public String kind() {
        return kind;
    }

    public String detail() {
        return detail;
    }

    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** The members in the order they are written; {@code instance} is the path of the request. */
    Map<String, Object> body(String instance) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPES + kind);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("instance", instance);
        body.putAll(members);
        return body;
    }
}
