/**
 * Reads JSON where it lies, in the bytes of a record, without building anything from it.
 *
 * <p>{@link io.spoor.enrich.json.JsonScan} checks one value against RFC 8259 in one pass and notes where the members of
 * the outermost object are; {@link io.spoor.enrich.json.JsonElements} walks an array with it. Strings and numbers are
 * made only when asked for. Names are asked for by {@link io.spoor.enrich.json.JsonName}, nested ones by
 * {@link io.spoor.enrich.json.JsonPath}.
 *
 * <p>Whether the bytes are valid UTF-8 is not asked here: in Spoor that has been settled, and repaired where needed,
 * before the first byte is scanned ({@code io.spoor.enrich.unwrap}). Nothing in this package is safe for threads.
 */
@NullMarked
package io.spoor.enrich.json;

import org.jspecify.annotations.NullMarked;
