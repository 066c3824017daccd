/**
 * What every Spoor process needs before it does any work of its own.
 *
 * <ul>
 *   <li>{@code settings}: flags over environment over file over defaults, with all problems told at once
 *   <li>{@code kafka}: how to reach Kafka, and the topics with the settings that Spoor relies on
 *   <li>{@code access}: tokens and what they allow
 *   <li>{@code http}: the server, its limits, its errors ({@code problem+json}), health and metrics
 *   <li>{@code meter}: the meter registry with what is measured in every process
 * </ul>
 *
 * <p>Nothing here knows a line, a trail or a run.
 */
@NullMarked
package io.spoor.runtime;

import org.jspecify.annotations.NullMarked;
