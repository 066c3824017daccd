/**
 * Real shippers against a running Spoor: what {@code docs/shipping.md} tells people to type is what runs here, and what comes
 * out is compared with what was logged.
 */
@NullMarked
package io.spoor.app.shipper;

import org.jspecify.annotations.NullMarked;
