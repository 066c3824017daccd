/**
 * Wire formats as pure functions from bytes to a {@link io.spoor.ingest.wire.Shipment}: NDJSON, concatenated JSON, arrays
 * and text ({@link io.spoor.ingest.wire.LogBody}), Loki's JSON push ({@link io.spoor.ingest.wire.LokiPush}).
 */
@NullMarked
package io.spoor.ingest.wire;

import org.jspecify.annotations.NullMarked;
