@NullMarked
package io.spoor.enrich;

import org.jspecify.annotations.NullMarked;
