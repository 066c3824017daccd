/**
 * The {@code spoor} command: {@link io.spoor.app.Spoor} reads the command line, each subcommand is a class of its own.
 *
 * <p>Here is what every subcommand shares: {@link io.spoor.app.Failure}
 * for what a user has to know, in one sentence, together with the {@link io.spoor.app.ExitCode} to end with. Data goes
 * to stdout, everything else to stderr.
 *
 * <ul>
 *   <li>{@code up}: the roles of one process, started in order and closed in reverse
 *   <li>{@code token}, {@code config}: who may come in, and which settings count
 *   <li>{@code broker}: the embedded Kafka and the data directory
 *   <li>{@code client}: what asks a running Spoor, {@code ship} and {@code trace}
 *   <li>{@code demo}: made traffic, and the truth about it
 * </ul>
 *
 * <p>A module above this one adds a command of its own as a {@link io.spoor.app.Subcommand}.
 */
@NullMarked
package io.spoor.app;

import org.jspecify.annotations.NullMarked;
