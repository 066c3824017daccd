package io.spoor.aggregate;

import io.spoor.model.Id;
import io.spoor.model.run.Run;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known under one id.
 *
 * @param lines the enriched lines of its trail, in no particular order; one that was delivered twice may be there twice
 * @param truncated whether there are more lines or links than the limits allow
 * @param links the ids that were seen together with it
 * @param run the run, where the id is a run's and facts about it have arrived
 */
public record Known(
        List<byte[]> lines,
        boolean truncated,
        SortedSet<Id> links,
        @Nullable Run run) {

    /** Whether anything at all is known. */
    public boolean isEmpty() {
        return lines.isEmpty() && links.isEmpty() && run == null;
    }
}
