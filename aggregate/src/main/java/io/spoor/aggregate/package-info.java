/**
 * What is known of requests and runs, in state stores.
 *
 * <p>In flow {@code spoor.lines}, {@code spoor.links} and {@code spoor.runs}; {@link io.spoor.aggregate.AggregateTopology}
 * keeps them in the stores {@code trails}, {@code links} and {@code runs}. {@link io.spoor.aggregate.Aggregate} is the entry:
 * it runs the topology and answers what is known of one id ({@link io.spoor.aggregate.Known}). {@code lag} says how far
 * behind the answers are, {@code rocks} bounds the stores' native memory.
 */
@NullMarked
package io.spoor.aggregate;

import org.jspecify.annotations.NullMarked;
