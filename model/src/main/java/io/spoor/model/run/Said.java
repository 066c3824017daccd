package io.spoor.model.run;

import io.spoor.model.fact.Fact;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A statement about one thing: who said it, when it was so, and what. Of two statements the more credible source's
 * counts; of equally credible ones the {@link #first} or the {@link #last}, as the thing demands. Where even the times
 * agree, the greater value counts, so that the choice is the same whatever arrived first.
 */
public record Said<T extends Comparable<T>>(Fact.Source source, long at, T value) {

    /** The statement that counts where the earliest is the truth, such as a start. */
    public static <T extends Comparable<T>> Said<T> first(@Nullable Said<T> a, Said<T> b) {
        return a == null || compare(a, b, Comparator.reverseOrder()) < 0 ? b : a;
    }

    /** The statement that counts where the latest is the truth, such as an end. */
    public static <T extends Comparable<T>> Said<T> last(@Nullable Said<T> a, Said<T> b) {
        return a == null || compare(a, b, Comparator.naturalOrder()) < 0 ? b : a;
    }

    private static <T extends Comparable<T>> int compare(Said<T> a, Said<T> b, Comparator<Long> times) {
        int bySource = a.source.compareTo(b.source);
        if (bySource != 0) {
            return bySource;
        }
        int byTime = times.compare(a.at, b.at);
        return byTime != 0 ? byTime : a.value.compareTo(b.value);
    }
}
