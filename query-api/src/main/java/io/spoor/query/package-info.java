@NullMarked
package io.spoor.query;

import org.jspecify.annotations.NullMarked;
