/**
 * What can be learnt about an execution, in one vocabulary: milestone lines and status messages both become
 * {@link io.spoor.model.fact.Fact}s, so that whoever folds them knows no wire format. A fact is keyed by its run.
 */
@NullMarked
package io.spoor.model.fact;

import org.jspecify.annotations.NullMarked;
