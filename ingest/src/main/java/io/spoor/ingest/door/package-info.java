/** The HTTP doors: thin handlers between a wire format and the {@link io.spoor.ingest.write.LineSink}. No Kafka here. */
@NullMarked
package io.spoor.ingest.door;

import org.jspecify.annotations.NullMarked;
