package io.spoor.ingest.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers a shipment: counts blank lines, refuses long ones, gives up when there are too many. */
final class LineCollector {
    private final LineLimits limits;
    private final List<Line> lines = new ArrayList<>();
    private final List<RefusedLine> refused = new ArrayList<>();
    private int blank;

    LineCollector(LineLimits limits) {
        this.limits = limits;
    }

    void add(byte[] body, int from, int to, int number, Map<String, String> headers) throws TooManyLines {
        if (Bytes.skipBlank(body, from, to) == to) {
            blank++;
            return;
        }
        if (lines.size() + refused.size() == limits.maxLines()) {
            throw new TooManyLines(limits.maxLines());
        }
        Line line = new Line(body, from, to, number, headers);
        if (line.length() > limits.maxLineBytes()) {
            String detail = line.length() + " bytes, limit " + limits.maxLineBytes();
            refused.add(new RefusedLine(line, RefusedLine.TOO_LARGE, detail));
        } else {
            lines.add(line);
        }
    }

    Shipment shipment() {
        return new Shipment(lines, refused, blank);
    }
}
