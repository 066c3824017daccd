/** {@code spoor config}: the settings that count, where each comes from, and everything that is wrong with them. */
@NullMarked
package io.spoor.app.config;

import org.jspecify.annotations.NullMarked;
