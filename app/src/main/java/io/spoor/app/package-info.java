@NullMarked
package io.spoor.app;

import org.jspecify.annotations.NullMarked;
