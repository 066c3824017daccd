@NullMarked
package io.spoor.model;

import org.jspecify.annotations.NullMarked;
