package io.spoor.query.trace;

import io.spoor.aggregate.Known;
import io.spoor.aggregate.Unavailable;
import io.spoor.model.Id;

/** Whoever can say what is known under one id. */
@FunctionalInterface
public interface KnownSource {
    Known read(Id id) throws Unavailable;
}
