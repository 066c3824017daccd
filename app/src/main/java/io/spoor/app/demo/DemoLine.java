package io.spoor.app.demo;

import org.jspecify.annotations.Nullable;

/**
 * One physical line as a process prints it.
 *
 * @param atMillis when it is printed; its own timestamp may be earlier
 * @param effect what it says about a trace, or null where it belongs to none
 */
public record DemoLine(
        long atMillis, Source source, String text, @Nullable Effect effect) {

    /**
     * A line's part in its trace.
     *
     * @param trace number of the trace
     * @param content what a second copy of the line has in common with it
     * @param fact what is true once this line was printed
     * @param isLast nothing of the trace is printed after it
     */
    record Effect(int trace, String content, Fact fact, boolean isLast) {}

    /** A change of the truth about a trace. */
    @FunctionalInterface
    interface Fact {
        Fact NONE = trace -> {};

        void into(TraceTruth trace);

        default Fact and(Fact next) {
            return trace -> {
                into(trace);
                next.into(trace);
            };
        }
    }
}
