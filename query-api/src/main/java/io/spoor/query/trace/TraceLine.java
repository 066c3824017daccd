package io.spoor.query.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spoor.model.EnrichedLine;
import io.spoor.model.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a trace: its stamp, its original bytes and the object that they are.
 *
 * @param original the line as it was shipped, byte for byte; for a text line {@code {"message":…}}
 * @param copies by how many ways the same line came
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record TraceLine(Stamp stamp, byte[] original, ObjectNode object, int copies) {
    /** By the line's own time, and among lines of one millisecond in the order of arrival. */
    static final Comparator<TraceLine> IN_TIME =
            Comparator.comparingLong((TraceLine line) -> line.stamp.at()).thenComparing(line -> line.stamp.id());

    /** Of copies, the one that its producer printed is shown, and of two such the first to arrive. */
    static final Comparator<TraceLine> ORIGINAL_FIRST = Comparator.comparing((TraceLine line) -> line.stamp.forwarded())
            .thenComparing(line -> line.object.size())
            .thenComparing(line -> line.stamp.id());

    private static final ObjectReader READER = new JsonMapper().reader();

    /** The members that forwarding a line adds to it. */
    private static final List<String> ADDED_BY_FORWARDING = List.of("agentId", "logsSource");

    static TraceLine of(byte[] enriched) {
        EnrichedLine line = EnrichedLine.of(enriched);
        byte[] original = line.original();
        try {
            return new TraceLine(line.stamp(), original, (ObjectNode) READER.readTree(original), 1);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored line that is not JSON", e);
        }
    }

    /** What two lines have in common that are copies of one, whatever the order of members; null for lines never folded. */
    @Nullable
    ObjectNode essence() {
        return stamp.has(Stamp.Flag.UNTIMED) ? null : object.deepCopy().without(ADDED_BY_FORWARDING);
    }

    TraceLine withCopies(int copies) {
        return new TraceLine(stamp, original, object, copies);
    }

    /** The value of a member that is text or a number, else null. */
    @Nullable
    String text(String member) {
        JsonNode value = object.get(member);
        return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
    }

    /** The shipper's label or, without one, the name that the line gives itself. */
    @Nullable
    String service() {
        return stamp.service() != null ? stamp.service() : text("service");
    }
}
