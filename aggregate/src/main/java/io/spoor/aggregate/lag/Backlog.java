package io.spoor.aggregate.lag;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How old the oldest record is that one partition holds and its reader has not reached, from samples of end offsets alone:
 * the first sample that shows an end beyond the reader's position was taken at the latest when that record arrived.
 */
final class Backlog {
    /** While a reader stands still, the last of so many samples stands for all that follow: the lag is never too small. */
    static final int MAX_SAMPLES = 10_000;

    private record Sample(long atMillis, long end) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Notes the end and the reader's next offset at a moment; returns the lag then, in milliseconds. */
    long note(long atMillis, long end, long position) {
        Sample last = samples.peekLast();
        if (last == null || end > last.end) {
            boolean full = samples.size() == MAX_SAMPLES;
            samples.add(new Sample(full ? samples.removeLast().atMillis : atMillis, end));
        }
        while (!samples.isEmpty() && samples.peekFirst().end <= position) {
            samples.removeFirst();
        }
        return samples.isEmpty() ? 0 : atMillis - samples.peekFirst().atMillis;
    }
}
