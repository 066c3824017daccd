package io.spoor.ingest.wire;

import io.spoor.ingest.wire.Shipment.Numbering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers a shipment: counts blank lines, refuses long ones, gives up when there are too many. */
final class LineCollector {
    private final LineLimits limits;
    private final List<Line> lines = new ArrayList<>();
    private final List<RefusedLine> refused = new ArrayList<>();
    /** Lines, taken or refused. */
    private int count;

    private int blank;
    private Numbering numbering = Numbering.ELEMENTS;

    LineCollector(LineLimits limits) {
        this.limits = limits;
    }

    void add(byte[] body, int from, int to, int number, Map<String, String> headers) throws TooManyLines {
        if (Bytes.skipBlank(body, from, to) == to) {
            blank++;
            return;
        }
        expectRoomFor(1);
        Line line = new Line(body, from, to, number, headers);
        count++;
        if (line.length() > limits.maxLineBytes()) {
            String detail = line.length() + " bytes, limit " + limits.maxLineBytes();
            refused.add(new RefusedLine(line, RefusedLine.TOO_LARGE, detail));
        } else {
            lines.add(line);
        }
    }

    /** Adds a piece of a request that holds several lines, which are within the limits already. */
    void addPart(byte[] part, int number, int holds, Map<String, String> headers) {
        lines.add(new Line(part, 0, part.length, number, holds, headers));
        count += holds;
    }

    /** Adds a line that is within the limits already. */
    void add(Line line) throws TooManyLines {
        expectRoomFor(1);
        lines.add(line);
        count++;
    }

    /** Continues what another one has begun. */
    void take(List<RefusedLine> refusedBefore, int blankBefore, Numbering numberedBy) {
        refused.addAll(refusedBefore);
        blank += blankBefore;
        count += refusedBefore.size();
        numbering = numberedBy;
    }

    void numberedBy(Numbering unit) {
        numbering = unit;
    }

    void refuse(Line line, String reason, String detail) {
        refused.add(new RefusedLine(line, reason, detail));
        count++;
    }

    /** Gives up when so many more would be too many. */
    void expectRoomFor(int more) throws TooManyLines {
        if (more > limits.maxLines() - count) {
            throw new TooManyLines(limits.maxLines());
        }
    }

    Shipment shipment() {
        return new Shipment(lines, refused, blank, numbering);
    }
}
