package io.spoor.query.trace;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a trace are asked for. Each condition may name several values, of which one must hold; an empty set is no
 * condition.
 *
 * @param text stands somewhere in the line, upper and lower case alike
 * @param exactId when given, only lines that carry this id themselves
 */
record LineFilter(
        Set<String> tiers,
        Set<String> levels,
        Set<String> services,
        Set<String> requestIds,
        Set<String> runIds,
        Set<String> jobIds,
        @Nullable String text,
        @Nullable String exactId)
        implements Predicate<TraceLine> {

    private static final Set<String> ID_MEMBERS =
            Set.of("requestId", "runId", "jobId", "traceId", "deliveryId", "eventId");

    LineFilter {
        tiers = Set.copyOf(tiers);
        levels = Set.copyOf(levels);
        services = Set.copyOf(services);
        requestIds = Set.copyOf(requestIds);
        runIds = Set.copyOf(runIds);
        jobIds = Set.copyOf(jobIds);
        text = text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean test(TraceLine line) {
        return holds(tiers, line.stamp().tier())
                && holds(levels, line.stamp().level().text())
                && (holds(services, line.service()) || holds(services, line.text("service")))
                && holds(requestIds, line.text("requestId"))
                && holds(runIds, line.text("runId"))
                && holds(jobIds, line.text("jobId"))
                && (text == null || contains(line, text))
                && (exactId == null || ID_MEMBERS.stream().anyMatch(member -> exactId.equals(line.text(member))));
    }

    private static boolean holds(Set<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }

    /** The text as a reader sees it; escapes are decoded only in a line that has some. */
    private static boolean contains(TraceLine line, String text) {
        Predicate<String> holds = given -> given.toLowerCase(Locale.ROOT).contains(text);
        String original = new String(line.original(), StandardCharsets.UTF_8);
        return holds.test(original) || (original.indexOf('\\') >= 0 && LineObject.anyText(line.original(), holds));
    }
}
