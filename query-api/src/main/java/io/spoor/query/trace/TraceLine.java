package io.spoor.query.trace;

import io.spoor.model.EnrichedLine;
import io.spoor.model.Stamp;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a trace: its stamp, its original bytes and the texts in it that a story is told by.
 *
 * @param original the line as it was shipped, byte for byte; for a text line {@code {"message":…}}
 * @param texts the members of {@link LineObject#TOLD} that are there and are plain values
 * @param copies by how many ways the same line came
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record TraceLine(Stamp stamp, byte[] original, Map<String, String> texts, int copies) {
    /** By the line's own time, and among lines of one millisecond in the order of arrival. */
    static final Comparator<TraceLine> IN_TIME =
            Comparator.comparingLong((TraceLine line) -> line.stamp.at()).thenComparing(line -> line.stamp.id());

    static TraceLine of(byte[] enriched) {
        EnrichedLine line = EnrichedLine.of(enriched);
        byte[] original = line.original();
        return new TraceLine(line.stamp(), original, LineObject.texts(original), 1);
    }

    TraceLine withCopies(int copies) {
        return new TraceLine(stamp, original, texts, copies);
    }

    /** The value of a member that is a plain value, else null. */
    @Nullable
    String text(String member) {
        return texts.get(member);
    }

    /** The shipper's label or, without one, the name that the line gives itself. */
    @Nullable
    String service() {
        return stamp.service() != null ? stamp.service() : text("service");
    }
}
