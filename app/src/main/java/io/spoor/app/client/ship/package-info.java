/**
 * {@code spoor ship}: from bytes in files, archives or a pipe to lines that somebody else has acknowledged.
 *
 * <p>{@link LineBatches} cuts a stream into batches of whole lines and joins crash traces by {@link TraceRule}; a
 * {@link Target} takes a batch and answers with a {@link Receipt} (over HTTP or straight into Kafka). {@link Shipper}
 * sends what is there now. {@link Follower} stays: it finds files ({@link FilePatterns}), reads each from its
 * {@link Cursor} ({@link Tail} while it grows, {@link Archive} when it is gzipped) and remembers in {@link Places}, after
 * each acknowledgement, how far each has come. Nothing else is remembered, so that a {@code kill -9} costs repetition, never a
 * line.
 */
@NullMarked
package io.spoor.app.client.ship;

import org.jspecify.annotations.NullMarked;
