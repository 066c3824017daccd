/** {@code spoor token}: makes, lists and revokes the tokens of the tokens file; a running Spoor follows within a second. */
@NullMarked
package io.spoor.app.token;

import org.jspecify.annotations.NullMarked;
