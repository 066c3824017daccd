/** RocksDB as Spoor wants it: one bounded piece of memory for all stores of a process, options that fit what they hold. */
@NullMarked
package io.spoor.aggregate.rocks;

import org.jspecify.annotations.NullMarked;
