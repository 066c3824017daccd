@NullMarked
package io.spoor.bench;

import org.jspecify.annotations.NullMarked;
