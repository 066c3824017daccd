/**
 * {@code spoor up}: all roles in one process.
 *
 * <p>{@link io.spoor.app.up.UpCommand} reads the options and lists the {@link io.spoor.app.up.Role}s; {@code Roles}
 * starts them in order and closes them in reverse; {@link io.spoor.app.StopSignal} turns Ctrl-C into a bounded close;
 * {@code Ready} is what the user reads when all of them are up.
 */
@NullMarked
package io.spoor.app.up;

import org.jspecify.annotations.NullMarked;
