package io.spoor.app.demo;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Believable KiCI traffic without an end, in the order in which the processes print it.
 *
 * <p>The same seed, start and rate give the same lines. There is no clock in here: time is what the lines say. The first
 * trace is always one worth looking at, and over within a minute.
 */
public final class DemoTraffic {

    private static final long SECOND = 1_000;

    private record Queued(DemoLine line, long sequence) {}

    private final Dice dice;
    private final long startMillis;
    private final double linesPerSecond;
    private final PriorityQueue<Queued> queue = new PriorityQueue<>(
            Comparator.comparingLong((Queued queued) -> queued.line().atMillis())
                    .thenComparingLong(Queued::sequence));
    private long sequence;
    private int traces;
    private long noiseSecond;
    private long nextTriggerMillis;

    /**
     * @param startMillis when the first line is printed, epoch milliseconds
     * @param linesPerSecond in the long run
     */
    public DemoTraffic(long seed, long startMillis, double linesPerSecond) {
        if (!(linesPerSecond > 0)) {
            throw new IllegalArgumentException("linesPerSecond is " + linesPerSecond);
        }
        this.dice = new Dice(seed);
        this.startMillis = startMillis;
        this.linesPerSecond = linesPerSecond;
        this.nextTriggerMillis = startMillis;
    }

    /** The next line; never earlier than the one before. */
    public DemoLine next() {
        while (true) {
            Queued head = queue.peek();
            long due = head == null ? Long.MAX_VALUE : head.line().atMillis();
            long noise = startMillis + noiseSecond * SECOND;
            if (due < Math.min(noise, nextTriggerMillis)) {
                queue.remove();
                return head.line();
            }
            if (noise <= nextTriggerMillis) {
                add(Noise.second(noise, noiseSecond, dice));
                noiseSecond++;
            } else {
                trigger();
            }
        }
    }

    /** Each trace waits as long as its predecessor's lines may take: the rate holds, whatever the traces' lengths. */
    private void trigger() {
        List<DemoLine> lines = traces == 0
                ? Trigger.showcase(traces, nextTriggerMillis, dice)
                : Trigger.any(traces, nextTriggerMillis, dice);
        traces++;
        add(lines);
        double millis = lines.size() * SECOND / linesPerSecond * (0.5 + dice.random.nextDouble());
        nextTriggerMillis += Math.max(1, (long) millis);
    }

    private void add(List<DemoLine> lines) {
        lines.forEach(line -> queue.add(new Queued(line, sequence++)));
    }
}
