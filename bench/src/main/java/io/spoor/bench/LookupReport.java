package io.spoor.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Tells what a {@link LookupBench} measured, and on what.
 *
 * @param versions of Spoor, Kafka and Java, as {@code spoor --version} says them
 */
record LookupReport(LookupBench.Plan plan, LookupBench.Result result, String versions) {
    private static final JsonMapper MAPPER = new JsonMapper();

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(versions).append(System.lineSeparator());
        text.append(machine()).append(System.lineSeparator());
        text.append(String.format(
                Locale.ROOT,
                "%,d traces of %d lines of %d bytes; %s requests/s for %d s, counted from when each was due%n%n",
                plan.traces(),
                MadeTrace.LINES,
                MadeTrace.LINE_BYTES,
                number(plan.rate()),
                plan.length().toSeconds()));
        text.append(String.format(
                Locale.ROOT,
                "%-24s %8s %6s %9s %9s %9s %9s%n",
                "milliseconds",
                "requests",
                "failed",
                "p50",
                "p90",
                "p99",
                "max"));
        text.append(row("baseline: GET /health", result.health()));
        text.append(row("GET /api/v1/traces/{id}", result.lookup()));
        text.append(String.format(
                Locale.ROOT, "%-24s %8s %6s %9s %9s %9s%n%n", "bound", "", 0, "", "", ms(LookupBench.BOUND_P99_MS)));
        return text.append(result.holds() ? "pass" : "MISS").toString();
    }

    String json() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("bench", "lookup").put("versions", versions).put("machine", machine());
        json.put("traces", plan.traces()).put("linesPerTrace", MadeTrace.LINES).put("lineBytes", MadeTrace.LINE_BYTES);
        json.put("rate", plan.rate()).put("seconds", plan.length().toMillis() / 1e3);
        json.putPOJO("baseline", result.health()).putPOJO("lookup", result.lookup());
        json.put("boundP99Ms", LookupBench.BOUND_P99_MS).put("pass", result.holds());
        return json.toString();
    }

    /** With the load: others who use the processors meanwhile show in every number. */
    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%s %s %s, %d processors, load average %.1f, heap at most %d MiB",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                runtime.availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                runtime.maxMemory() >> 20);
    }

    private static String row(String name, Latencies of) {
        return String.format(
                Locale.ROOT,
                "%-24s %8d %6d %9s %9s %9s %9s%n",
                name,
                of.requests(),
                of.failed(),
                ms(of.p50Ms()),
                ms(of.p90Ms()),
                ms(of.p99Ms()),
                ms(of.maxMs()));
    }

    private static String ms(double millis) {
        return String.format(Locale.ROOT, "%.2f", millis);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }
}
