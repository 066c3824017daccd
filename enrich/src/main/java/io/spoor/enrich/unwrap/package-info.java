/**
 * From the bytes of one raw record to the log lines in it, whatever the shipper wrapped them in.
 *
 * <p>{@link io.spoor.enrich.unwrap.Unwrap} is the way in; it tells an {@link io.spoor.enrich.unwrap.UnwrapSink} of each
 * {@link io.spoor.enrich.unwrap.RawLine}, rejection and dropped blank. The order of the steps:
 *
 * <pre>
 *   Binary          what is no text at all: compressed, Avro, MessagePack
 *   Utf8            the text step: holes, line ends, malformed bytes
 *   Unwrap          which shape is it: objects, array, string, CRI line, plain text
 *   Envelope        is this object a wrapper, what is inside, and when was it wrapped
 *   EnvelopeLabels  what a wrapper says about service, host, instance and environment
 *   LokiStreams     a wrapper that holds many lines
 *   OtlpLogs        another one, as protobuf or (OtlpJson) JSON
 *   LineTime        times, from bytes
 * </pre>
 *
 * A line in JSON is scanned here once and handed over with its scan. Nothing here reads a clock, and levels, tiers,
 * milestones and ids are not its business.
 */
@NullMarked
package io.spoor.enrich.unwrap;

import org.jspecify.annotations.NullMarked;
