/**
 * The HTTP server of a process: one address, the routes of all roles, and what every answer has in common.
 *
 * <p>{@code Gate} lets a request through to its route by the scope that the route names. Modules contribute {@link io.spoor.runtime.http.Routes}; the server adds limits, request ids, errors as RFC 9457
 * ({@link io.spoor.runtime.http.Problem}), {@code /health}, {@code /ready}, {@code /metrics} and HEAD for every GET. Bodies
 * are read through {@link io.spoor.runtime.http.BodyReader}, which counts before it holds.
 */
@NullMarked
package io.spoor.runtime.http;

import org.jspecify.annotations.NullMarked;
