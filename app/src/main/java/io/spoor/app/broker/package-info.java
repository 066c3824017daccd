/**
 * The embedded Kafka: the real server in this process, and the directory that it and the state stores live in.
 *
 * <p>{@link io.spoor.app.broker.DataDirectory} owns the directory (version, lock, layout) and
 * {@link io.spoor.app.broker.EmbeddedBroker} owns the server. Nothing else in Spoor touches Kafka's server classes: all
 * other code sees an address, the same as with a Kafka of one's own.
 */
@NullMarked
package io.spoor.app.broker;

import org.jspecify.annotations.NullMarked;
