/**
 * The commands that talk to a running Spoor over HTTP: {@code ship} delivers lines, {@code trace} tells one request's
 * story.
 *
 * <p>{@link io.spoor.app.client.Client} is the one way to the server, {@link io.spoor.app.client.Retry} the one policy
 * for asking again, {@link io.spoor.app.client.Terminal} the one place that knows streams, colour and width. A command
 * ends early by throwing {@link io.spoor.app.Failure}: one sentence and an exit code. Everything between
 * ({@code LineBatches}, {@code TraceText}, {@code SafeText}) is pure: bytes or a tree in, batches or text out.
 */
@NullMarked
package io.spoor.app.client;

import org.jspecify.annotations.NullMarked;
