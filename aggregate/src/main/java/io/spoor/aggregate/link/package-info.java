/** Links: which ids were seen together on one line, kept both ways, for as long as trails are. */
@NullMarked
package io.spoor.aggregate.link;

import org.jspecify.annotations.NullMarked;
