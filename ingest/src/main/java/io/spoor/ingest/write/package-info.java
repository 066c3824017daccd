/** The one way to Kafka: a shipment is written and acknowledged as a whole, or the shipper is told to repeat it. */
@NullMarked
package io.spoor.ingest.write;

import org.jspecify.annotations.NullMarked;
