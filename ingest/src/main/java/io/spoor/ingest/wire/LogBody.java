package io.spoor.ingest.wire;

import java.util.Map;

/**
 * The body of {@code POST /api/v1/logs} as lines. Its first byte that is no white space decides:
 *
 * <ul>
 *   <li>{@code [}: a JSON array, each element a line with its source bytes; malformed, nothing is taken. A body that only
 *       looks like one ({@code [runner:stdout] …}) is text, unless it claims to be JSON.
 *   <li><code>&#123;</code>: JSON objects, one a line, one after another, or spread over several lines. What is none of these is kept
 *       as physical lines of text: nothing is lost.
 *   <li>anything else: lines of text.
 * </ul>
 *
 * <p>CRLF ends a line like LF; a line keeps its indentation; a byte order mark is not part of the first line.
 */
public final class LogBody {
    /** How often, on average, a byte may be looked at in search of objects that span lines before the search is given up. */
    private static final int SEARCH_FACTOR = 8;

    private final byte[] body;
    private final Map<String, String> headers;
    private final JsonScan scan;
    private LineCollector out;
    private long searchLeft;

    private LogBody(byte[] body, Map<String, String> headers, LineLimits limits) {
        this.body = body;
        this.headers = headers;
        this.scan = new JsonScan(body);
        this.out = new LineCollector(limits);
        this.searchLeft = (long) SEARCH_FACTOR * body.length;
    }

    /**
     * Frames a body.
     *
     * @param json whether its media type says that it is JSON
     * @param headers for all of its lines
     * @throws MalformedBody when it is a JSON array with an error
     */
    public static Shipment lines(byte[] body, boolean json, Map<String, String> headers, LineLimits limits)
            throws MalformedBody, TooManyLines {
        return new LogBody(body, headers, limits).frame(json, limits);
    }

    private Shipment frame(boolean json, LineLimits limits) throws MalformedBody, TooManyLines {
        int start = byteOrderMark();
        int first = Bytes.skipSpace(body, start, body.length);
        byte decides = first < body.length ? body[first] : 0;
        if (decides == '[') {
            try {
                array(first);
                return out.shipment();
            } catch (MalformedBody e) {
                if (json || looksLikeArray(first)) {
                    throw e;
                }
                out = new LineCollector(limits);
            }
        }
        out.numberedBy(Shipment.Numbering.LINES);
        physicalLines(start, decides == '{');
        return out.shipment();
    }

    private int byteOrderMark() {
        boolean mark = body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf;
        return mark ? 3 : 0;
    }

    private boolean looksLikeArray(int bracket) {
        int next = Bytes.skipSpace(body, bracket + 1, body.length);
        return next < body.length && (body[next] == '{' || body[next] == ']');
    }

    private void array(int bracket) throws MalformedBody, TooManyLines {
        int at = Bytes.skipSpace(body, bracket + 1, body.length);
        boolean more = at >= body.length || body[at] != ']';
        for (int number = 1; more; number++) {
            int end = scan.value(at, body.length);
            if (end < 0) {
                throw new MalformedBody(scan.position(), scan.complaint());
            }
            out.add(body, at, end, number, headers);
            at = Bytes.skipSpace(body, end, body.length);
            more = at < body.length && body[at] == ',';
            if (more) {
                at = Bytes.skipSpace(body, at + 1, body.length);
            } else if (at >= body.length || body[at] != ']') {
                throw new MalformedBody(at, "expected ',' or ']'" + (at < body.length ? "" : " but the body ends"));
            }
        }
        int end = Bytes.skipSpace(body, at + 1, body.length);
        if (end < body.length) {
            throw new MalformedBody(end, "expected nothing after the array");
        }
    }

    private void physicalLines(int start, boolean objects) throws TooManyLines {
        int number = 1;
        int at = start;
        while (at < body.length) {
            int lineFeed = Bytes.lineFeed(body, at);
            int end = Bytes.withoutReturn(body, at, lineFeed);
            if (objects && !isWhole(at, end)) {
                int last = spanning(at, end, number);
                if (last >= 0) {
                    number += Bytes.count(body, at, last, (byte) '\n') + 1;
                    at = last + 1;
                    continue;
                }
            }
            out.add(body, at, end, number, headers);
            number++;
            at = lineFeed + 1;
        }
    }

    /** Whether a physical line is blank or exactly one object. */
    private boolean isWhole(int from, int to) {
        int first = Bytes.skipBlank(body, from, to);
        if (first == to) {
            return true;
        }
        if (body[first] != '{') {
            return false;
        }
        int end = scan.value(first, to);
        return end >= 0 && Bytes.skipBlank(body, end, to) == to;
    }

    /**
     * Takes objects that begin in the line {@code [from, to)}, one after another, if the last of them ends where a physical
     * line ends. Returns that line's end, or -1 with nothing taken.
     */
    private int spanning(int from, int to, int number) throws TooManyLines {
        int first = Bytes.skipBlank(body, from, to);
        int end = body[first] == '{' ? chainEnd(first) : -1;
        if (end < 0) {
            return -1;
        }
        int line = number;
        int counted = first;
        for (int at = first; at < end; ) {
            int close = scan.value(at, body.length);
            line += Bytes.count(body, counted, at, (byte) '\n');
            counted = at;
            out.add(body, at, close, line, headers);
            at = Bytes.skipBlank(body, close, body.length);
        }
        return end;
    }

    private int chainEnd(int first) {
        int at = first;
        while (searchLeft > 0) {
            int close = scan.value(at, body.length);
            searchLeft -= (close < 0 ? scan.position() : close) - at;
            if (close < 0) {
                return -1;
            }
            at = Bytes.skipBlank(body, close, body.length);
            if (at == body.length || body[at] == '\n') {
                return at;
            }
            if (body[at] != '{') {
                return -1;
            }
        }
        return -1;
    }
}
