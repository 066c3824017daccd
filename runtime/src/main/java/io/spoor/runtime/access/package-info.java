/**
 * Who may do what: tokens with scopes, kept hashed in a file.
 *
 * <p>A {@link io.spoor.runtime.access.Token} is a line of the {@link io.spoor.runtime.access.TokensFile}; the server asks the
 * {@link io.spoor.runtime.access.Tokens}, which follow the file while the process runs. Every route names the
 * {@link io.spoor.runtime.access.Scope} that it needs where it is registered; the check itself is the HTTP server's.
 */
@NullMarked
package io.spoor.runtime.access;

import org.jspecify.annotations.NullMarked;
