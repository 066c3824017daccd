/**
 * Traces: {@link io.spoor.query.trace.TraceFinder} follows links from one id to all lines and runs that belong together,
 * {@link io.spoor.query.trace.Story} says what they amount to, {@link io.spoor.query.trace.TraceJson} writes it down.
 */
@NullMarked
package io.spoor.query.trace;

import org.jspecify.annotations.NullMarked;
