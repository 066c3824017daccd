/**
 * Wire formats as pure functions from bytes to a {@link io.spoor.ingest.wire.Shipment}: NDJSON, concatenated JSON, arrays
 * and text ({@link io.spoor.ingest.wire.LogBody}), Loki's push in JSON and in protobuf ({@link io.spoor.ingest.wire.LokiPush},
 * {@link io.spoor.ingest.wire.LokiProtobuf}), OTLP requests ({@link io.spoor.ingest.wire.OtlpRequest}), KiCI's messages
 * ({@link io.spoor.ingest.wire.MessageBody}).
 */
@NullMarked
package io.spoor.ingest.wire;

import org.jspecify.annotations.NullMarked;
