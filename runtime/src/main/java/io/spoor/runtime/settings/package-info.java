/**
 * Settings: flags over environment over file over each module's commented {@code reference.conf}.
 *
 * <p>{@link io.spoor.runtime.settings.Settings} merges the four, {@link io.spoor.runtime.settings.SettingsReader} turns
 * paths into checked values for the modules' settings records, and whatever is wrong is collected and told together as
 * {@link io.spoor.runtime.settings.SettingsProblems}. Nothing outside this package sees a {@code Config}.
 */
@NullMarked
package io.spoor.runtime.settings;

import org.jspecify.annotations.NullMarked;
