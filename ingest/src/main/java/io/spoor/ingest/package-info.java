@NullMarked
package io.spoor.ingest;

import org.jspecify.annotations.NullMarked;
