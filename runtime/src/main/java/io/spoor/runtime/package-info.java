@NullMarked
package io.spoor.runtime;

import org.jspecify.annotations.NullMarked;
