package io.spoor.ingest.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP request for logs ({@code ExportLogsServiceRequest}), checked and split into parts that are whole requests
 * themselves: each has some log records of one resource with their scopes, and is no longer than a line may be. The records'
 * bytes stay as they are; {@code enrich} takes the parts apart.
 *
 * <p>A log record that does not fit into a part of its own is refused, and so are all of a resource and a scope that would
 * take more than an eighth of each part, since they are repeated in each.
 */
public final class OtlpRequest {
    /** So many log records at most in one part, so that a single raw record is no long work. */
    private static final int MAX_RECORDS = 1_000;

    /** More than the tags, lengths, brackets and commas around any one thing. */
    private static final int AROUND = 64;

    private final Form form;
    private final byte[] body;
    private final int maxBytes;
    private final Map<String, String> headers;
    private final LineCollector out;
    private int number;

    // The part that is being gathered.
    private final List<Scope> part = new ArrayList<>();
    private byte[] resource = new byte[0];
    private int partBytes;
    private int partRecords;
    private int firstNumber;

    private OtlpRequest(Form form, byte[] body, Map<String, String> headers, LineLimits limits) {
        this.form = form;
        this.body = body;
        this.maxBytes = limits.maxLineBytes();
        this.headers = headers;
        this.out = new LineCollector(limits);
    }

    /** Decodes a request in protobuf; no bytes at all are an empty one. */
    public static Shipment protobuf(byte[] body, Map<String, String> headers, LineLimits limits)
            throws MalformedBody, TooManyLines {
        return lines(new OtlpProtobuf(body), body, headers, limits);
    }

    /** Decodes a request in JSON. */
    public static Shipment json(byte[] body, Map<String, String> headers, LineLimits limits)
            throws MalformedBody, TooManyLines {
        return lines(new OtlpJson(body), body, headers, limits);
    }

    private static Shipment lines(Form form, byte[] body, Map<String, String> headers, LineLimits limits)
            throws MalformedBody, TooManyLines {
        OtlpRequest request = new OtlpRequest(form, body, headers, limits);
        form.read(request);
        return request.out.shipment();
    }

    /** One of the two encodings. */
    interface Form {
        /** Finds where everything lies. */
        void read(OtlpRequest target) throws MalformedBody, TooManyLines;

        /** A request of one resource. */
        byte[] write(byte[] resource, List<Scope> scopes);
    }

    /**
     * Log records of one scope.
     *
     * @param about the scope itself, as its form writes it
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Scope(byte[] about, @Nullable String fault, List<Span> records) {}

    /**
     * One log record's bytes.
     *
     * @param fault why it is refused, a reason of {@link RefusedLine}
     */
    record Span(int from, int to, @Nullable String fault) {
        int length() {
            return to - from;
        }
    }

    /** Gives up when there are too many log records, before they are all remembered. */
    void expectRoomFor(int more) throws TooManyLines {
        out.expectRoomFor(more);
    }

    /** Takes all of a resource, when the form has read it to its end. */
    void add(byte[] about, @Nullable String fault, List<Scope> scopes) {
        resource = about;
        for (Scope scope : scopes) {
            int outside = about.length + scope.about().length;
            String both = fault == null ? scope.fault() : fault;
            Scope gathered = null;
            for (Span span : scope.records()) {
                number++;
                String refused = both == null ? span.fault() : both;
                if (refused != null) {
                    refuse(span, refused, refusal(refused));
                } else if (outside > maxBytes / 8) {
                    refuse(
                            span,
                            RefusedLine.TOO_LARGE,
                            "resource and scope of " + outside + " bytes, limit " + maxBytes / 8);
                } else if (outside + span.length() + 4 * AROUND > maxBytes) {
                    refuse(span, RefusedLine.TOO_LARGE, span.length() + " bytes, limit " + maxBytes);
                } else {
                    gathered = gather(scope, gathered, span);
                }
            }
        }
        flush();
    }

    private Scope gather(Scope scope, @Nullable Scope gathered, Span span) {
        Scope open = gathered;
        int more = span.length() + AROUND + (open == null ? scope.about().length + AROUND : 0);
        if (partRecords == MAX_RECORDS || partBytes + more > maxBytes) {
            flush();
            open = null;
        }
        if (open == null) {
            open = new Scope(scope.about(), null, new ArrayList<>());
            part.add(open);
            partBytes += scope.about().length + AROUND + (partRecords == 0 ? resource.length + AROUND : 0);
        }
        firstNumber = partRecords == 0 ? number : firstNumber;
        open.records().add(span);
        partBytes += span.length() + AROUND;
        partRecords++;
        return open;
    }

    private void flush() {
        if (partRecords > 0) {
            out.addPart(form.write(resource, part), firstNumber, partRecords, headers);
            part.clear();
            partBytes = 0;
            partRecords = 0;
        }
    }

    private void refuse(Span span, String reason, String detail) {
        out.refuse(new Line(body, span.from(), span.to(), number, headers), reason, detail);
    }

    private static String refusal(String reason) {
        return reason.equals(RefusedLine.TOO_DEEP) ? "nested too deeply" : "a text is not UTF-8";
    }
}
