package io.spoor.ingest.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * One line as shipped: a stretch of a body's bytes, without its line end, and what the shipper said about it. Lines of one
 * body share its array, and those with the same headers share the map.
 */
public final class Line {
    private final byte[] body;
    private final int from;
    private final int to;
    private final int number;
    private final int holds;
    private final Map<String, String> headers;

    Line(byte[] body, int from, int to, int number, Map<String, String> headers) {
        this(body, from, to, number, 1, headers);
    }

    Line(byte[] body, int from, int to, int number, int holds, Map<String, String> headers) {
        this.body = body;
        this.from = from;
        this.to = to;
        this.number = number;
        this.holds = holds;
        this.headers = headers;
    }

    /** Its place in the body from 1: the physical line it begins in, the element of an array, the entry of a push. */
    public int number() {
        return number;
    }

    /** How many log records it holds: one, unless it is a part of an OTLP request, which only {@code enrich} takes apart. */
    public int holds() {
        return holds;
    }

    public int length() {
        return to - from;
    }

    /** By the names in {@link ShippedHeaders}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The same line with other bytes. */
    Line with(byte[] bytes) {
        return new Line(bytes, 0, bytes.length, number, holds, headers);
    }

    JsonParser parser(JsonFactory json) throws IOException {
        return json.createParser(body, from, to - from);
    }

    /** At most the first {@code max} of its bytes. */
    public byte[] bytes(int max) {
        return Arrays.copyOfRange(body, from, Math.min(to, from + max));
    }

    public byte[] bytes() {
        return Arrays.copyOfRange(body, from, to);
    }

    /** The line as text, for tests and messages. */
    @Override
    public String toString() {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }
}
