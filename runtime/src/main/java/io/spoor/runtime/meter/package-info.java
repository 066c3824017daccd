/** The meter registry of a process, and what is measured in every one: the JVM, the process, the Kafka clients. */
@NullMarked
package io.spoor.runtime.meter;

import org.jspecify.annotations.NullMarked;
