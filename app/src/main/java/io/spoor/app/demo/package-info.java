/**
 * Made traffic that looks like KiCI's, and the truth about it.
 *
 * <p>{@code Trigger} (a webhook, a schedule) starts runs of a {@code Workflow}; {@code RunScript} writes what all processes
 * print about one run; {@code Recorder} keeps the lines of one trace; {@link io.spoor.app.demo.DemoTraffic} interleaves
 * traces and noise by time. All of this is pure: the same seed, start and rate give the same bytes. {@code Feed} sends what
 * is due to a Spoor, for {@link io.spoor.app.demo.DemoCommand} and, inside {@code spoor up --demo}, for
 * {@link io.spoor.app.demo.DemoRunner}. {@link io.spoor.app.demo.Truth} folds the lines that were sent into what a correct
 * answer has to say.
 */
@NullMarked
package io.spoor.app.demo;

import org.jspecify.annotations.NullMarked;
