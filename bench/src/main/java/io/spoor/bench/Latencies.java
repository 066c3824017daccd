package io.spoor.bench;

import org.HdrHistogram.AbstractHistogram;

/**
 * How long requests took, in milliseconds from the moment at which each was due.
 *
 * @param failed those that were answered wrongly or not at all; their times count as well
 */
record Latencies(long requests, long failed, double p50Ms, double p90Ms, double p99Ms, double maxMs) {

    static Latencies of(AbstractHistogram nanos, long failed) {
        return new Latencies(
                nanos.getTotalCount(),
                failed,
                millis(nanos.getValueAtPercentile(50)),
                millis(nanos.getValueAtPercentile(90)),
                millis(nanos.getValueAtPercentile(99)),
                millis(nanos.getMaxValue()));
    }

    /** To the microsecond; the histogram is no more exact than that. */
    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
