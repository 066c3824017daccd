/**
 * Runs and their jobs: a pure fold over {@link io.spoor.model.fact.Fact}s.
 *
 * <p>{@link io.spoor.model.run.Run} is what is stored: for each thing that several facts speak of, the one statement that
 * counts ({@link io.spoor.model.run.Said}). Which one counts never depends on the order or the number of times in which
 * facts arrive. {@link io.spoor.model.run.RunView} is what a reader is told: status, times and named jobs.
 */
@NullMarked
package io.spoor.model.run;

import org.jspecify.annotations.NullMarked;
