/**
 * The vocabulary that all modules share, free of Kafka and HTTP.
 *
 * <ul>
 *   <li>What comes in: {@link io.spoor.model.LineId}, {@link io.spoor.model.Level}, {@link io.spoor.model.Milestone}.
 *   <li>What a line becomes: {@link io.spoor.model.EnrichedLine} = the original bytes and a {@link io.spoor.model.Stamp}.
 *   <li>How lines belong together: {@link io.spoor.model.Id} names trails and links.
 *   <li>What is learnt about executions: {@link io.spoor.model.fact.Fact}s, folded into {@link io.spoor.model.run.Run}s.
 * </ul>
 */
@NullMarked
package io.spoor.model;

import org.jspecify.annotations.NullMarked;
