@NullMarked
package io.spoor.aggregate;

import org.jspecify.annotations.NullMarked;
