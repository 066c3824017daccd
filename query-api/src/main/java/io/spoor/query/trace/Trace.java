package io.spoor.query.trace;

import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.run.Run;
import java.util.List;
import java.util.SortedSet;

/**
 * All that the links connect with one id.
 *
 * @param ids the ids among them
 * @param lines in time order, each once
 * @param runs the runs among them
 * @param truncated whether limits kept lines or ids out
 */
record Trace(SortedSet<Id> ids, List<TraceLine> lines, List<Run> runs, boolean truncated) {

    List<String> idsOf(IdKind kind) {
        return ids.stream().filter(id -> id.kind() == kind).map(Id::value).toList();
    }
}
