/**
 * From raw records to enriched lines, facts, links and dead letters.
 *
 * <p>In flows {@code spoor.logs.raw}; {@code unwrap} takes a record apart into lines, over bytes that {@code json} has scanned
 * once; {@code tag} and {@code fact} read off a line what places it; out flow {@code spoor.lines}, {@code spoor.runs},
 * {@code spoor.links} and {@code spoor.dead-letters}. {@link io.spoor.enrich.Enrich} is the entry. There is no state store:
 * whatever is written twice is written the same.
 */
@NullMarked
package io.spoor.enrich;

import org.jspecify.annotations.NullMarked;
