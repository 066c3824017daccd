/**
 * Answers over HTTP. {@link io.spoor.query.QueryApi} is the entry: the routes of the JSON API. {@code trace} finds and tells
 * traces; nothing here knows Kafka.
 */
@NullMarked
package io.spoor.query;

import org.jspecify.annotations.NullMarked;
