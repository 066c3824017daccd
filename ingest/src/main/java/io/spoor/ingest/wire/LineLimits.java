package io.spoor.ingest.wire;

/**
 * What one request may bring.
 *
 * @param maxLines more than these, and nothing of the request is taken
 * @param maxLineBytes a longer line is refused, the rest is taken
 */
public record LineLimits(int maxLines, int maxLineBytes) {}
