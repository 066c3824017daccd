package io.spoor.aggregate.trail;

import org.apache.kafka.streams.processor.StateStore;

/**
 * A store of trails. Its one writer is the task's thread; readers may come on any thread and see each line as soon as
 * {@link #append} has returned.
 */
public interface TrailStore extends StateStore, TrailReader {

    /**
     * Adds a line to a trail.
     *
     * @param trail the trail's key, {@link io.spoor.model.Id#key()}
     * @param offset where the line stands in its topic partition; appending the same offset again changes nothing
     * @param atMillis the line's time, epoch milliseconds; a line older than the retention is not kept
     * @param line the enriched line; the store keeps the array
     */
    void append(String trail, long offset, long atMillis, byte[] line);
}
