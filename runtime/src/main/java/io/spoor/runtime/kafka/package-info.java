/**
 * How this process reaches Kafka, and the topics it needs with the settings that Spoor relies on.
 *
 * <p>An absent topic is created; one that exists with a conflicting setting is reported and never altered.
 */
@NullMarked
package io.spoor.runtime.kafka;

import org.jspecify.annotations.NullMarked;
