/**
 * From lines to {@link io.spoor.model.fact.Fact}s: a table says what a message tells of its run
 * ({@link io.spoor.enrich.fact.Telling}), {@link io.spoor.enrich.fact.FactReader} reads it.
 */
@NullMarked
package io.spoor.enrich.fact;

import org.jspecify.annotations.NullMarked;
