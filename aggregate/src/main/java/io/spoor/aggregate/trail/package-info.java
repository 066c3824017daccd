/**
 * Trails: the lines of one run, request or job, appended and never rewritten.
 *
 * <p>{@link io.spoor.aggregate.trail.TrailStore} is the store: lines are gathered in memory and written as one
 * {@link io.spoor.aggregate.trail.Chunk} a trail when the task commits, into a segmented, changelogged window store.
 */
@NullMarked
package io.spoor.aggregate.trail;

import org.jspecify.annotations.NullMarked;
