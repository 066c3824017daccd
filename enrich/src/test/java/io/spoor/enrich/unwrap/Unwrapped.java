package io.spoor.enrich.unwrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what an unwrap tells, one string each, so that tests can compare whole answers. */
final class Unwrapped implements UnwrapSink {
    static final long RECORD_MILLIS = 1_800_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> told = new ArrayList<>();

    static List<String> unwrap(byte @Nullable [] value) {
        return unwrap(value, ShipperLabels.NONE, RawLine.NO_TIME);
    }

    static List<String> unwrap(byte @Nullable [] value, ShipperLabels labels, long doorMillis) {
        return unwrap(new Unwrap(UnwrapSettings.defaults()), value, labels, doorMillis);
    }

    static List<String> unwrap(Unwrap unwrap, byte @Nullable [] value, ShipperLabels labels, long doorMillis) {
        Unwrapped sink = new Unwrapped();
        unwrap.unwrap(value, labels, doorMillis, RECORD_MILLIS, sink);
        return sink.told;
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void line(RawLine line) {
        if (line.json()) {
            // Whatever was scanned since, these are the fields of this very line.
            assertThat(line.fields().buffer()).isSameAs(line.buffer());
            assertThat(line.fields().start()).isEqualTo(line.from());
            assertThat(line.fields().end()).isEqualTo(line.to());
        }
        StringBuilder labels = new StringBuilder();
        label(labels, "env", line.labels().env());
        label(labels, "service", line.labels().service());
        label(labels, "host", line.labels().host());
        label(labels, "instance", line.labels().instance());
        told.add((line.index() < 0 ? "" : line.index() + " ") + "line <" + line.text() + "> [" + labels + "] "
                + line.atMillis() + " " + line.shape().label()
                + (line.replaced() ? " replaced" : "")
                + (line.partial() ? " partial" : "")
                + (line.nested() ? " nested" : "")
                + extras(line.extras()));
    }

    @Override
    public void rejected(int index, Rejection reason, String detail, byte[] buffer, int from, int to) {
        told.add((index < 0 ? "" : index + " ") + "rejected " + reason.code());
    }

    @Override
    public void dropped(Drop reason) {
        told.add("dropped " + reason);
    }

    private static String extras(Extras extras) {
        return (extras.level() == null ? "" : " level=" + extras.level())
                + (extras.traceId() == null ? "" : " trace=" + extras.traceId())
                + (extras.spanId() == null ? "" : " span=" + extras.spanId())
                + (extras.attributes() == null ? "" : " " + new String(extras.attributes(), StandardCharsets.UTF_8));
    }

    private static void label(StringBuilder labels, String name, @Nullable String value) {
        if (value != null) {
            labels.append(labels.length() == 0 ? "" : " ")
                    .append(name)
                    .append('=')
                    .append(value);
        }
    }
}
