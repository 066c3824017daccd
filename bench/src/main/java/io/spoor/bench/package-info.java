/**
 * Measurements, as {@code spoor bench}; each measures what it is compared with in the same run.
 *
 * <p>{@link io.spoor.bench.BenchCommand} is the entry, found by the {@code spoor} command as a
 * {@link io.spoor.app.Subcommand}. {@link io.spoor.bench.LookupBench} starts all of Spoor on an embedded Kafka in a temporary
 * directory, stores {@code MadeTrace}s and looks them up in an {@code OpenLoop}; {@code LookupReport} tells what came out.
 */
@NullMarked
package io.spoor.bench;

import org.jspecify.annotations.NullMarked;
