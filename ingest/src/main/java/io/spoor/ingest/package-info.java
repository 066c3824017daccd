/**
 * Every way in. A <em>door</em> ({@code door}) takes a request, a codec ({@code wire}) turns its bytes into lines, and the
 * writer ({@code write}) puts them into the raw topic and returns when Kafka has acknowledged all of them.
 *
 * <p>Lines keep their exact bytes; what the shipper says about them travels as record headers. Nothing is parsed further
 * than is needed to find where a line ends: that is {@code enrich}'s work. {@link io.spoor.ingest.Ingest} is the entry.
 */
@NullMarked
package io.spoor.ingest;

import org.jspecify.annotations.NullMarked;
