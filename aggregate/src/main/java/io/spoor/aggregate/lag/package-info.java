/** How far the stores are behind what Kafka has acknowledged, as time. */
@NullMarked
package io.spoor.aggregate.lag;

import org.jspecify.annotations.NullMarked;
