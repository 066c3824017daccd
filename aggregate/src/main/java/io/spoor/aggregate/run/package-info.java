/** Runs: one record a run, folded from {@code spoor.runs}; the only truth about executions. */
@NullMarked
package io.spoor.aggregate.run;

import org.jspecify.annotations.NullMarked;
