package io.spoor.query.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spoor.model.run.RunView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a trace as the API tells it. What is not known is {@code null}, so that every member is always there. */
final class TraceJson implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final JsonGenerator json;

    TraceJson(OutputStream out) throws IOException {
        // Not Jackson's own UTF-8: that fails at half a surrogate pair, which a line may hold as an escape; this writes
        // '?'.
        json = JSON.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    void write(String id, Trace trace, Story story, LinePage page, @Nullable String next, long lagMs)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        texts("requestIds", story.requestIds());
        time("start", story.start());
        time("end", story.end());
        json.writeNumberField("durationMs", Math.max(0, story.end() - story.start()));
        json.writeStringField("status", story.status().text());
        texts("routingKeys", story.routingKeys());
        texts("traceIds", story.traceIds());
        json.writeArrayFieldStart("milestones");
        for (Story.Moment moment : story.moments()) {
            write(moment, story.start());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tiers");
        for (Story.TierPart tier : story.tiers()) {
            write(tier);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("runs");
        for (RunView run : story.runs()) {
            write(run);
        }
        json.writeEndArray();
        json.writeNumberField("lineCount", trace.lines().size());
        json.writeNumberField("errorCount", story.errors());
        json.writeBooleanField("truncated", trace.truncated());
        json.writeArrayFieldStart("lines");
        for (TraceLine line : page.lines()) {
            write(line);
        }
        json.writeEndArray();
        json.writeStringField("next", next);
        // One instance owns all partitions here, so an answer that is given at all is whole.
        json.writeBooleanField("complete", true);
        json.writeArrayFieldStart("missing");
        json.writeEndArray();
        json.writeNumberField("lagMs", lagMs);
        json.writeEndObject();
    }

    private void write(Story.Moment moment, long start) throws IOException {
        json.writeStartObject();
        json.writeStringField("milestone", moment.milestone().text());
        time("at", moment.at());
        json.writeStringField("tier", moment.tier());
        json.writeStringField("runId", moment.runId());
        json.writeStringField("jobId", moment.jobId());
        json.writeStringField("lineId", moment.lineId().toString());
        json.writeNumberField("sinceStartMs", moment.at() - start);
        json.writeEndObject();
    }

    private void write(Story.TierPart tier) throws IOException {
        json.writeStartObject();
        json.writeStringField("tier", tier.tier());
        json.writeNumberField("lines", tier.lines());
        json.writeNumberField("errors", tier.errors());
        time("first", tier.first());
        time("last", tier.last());
        json.writeEndObject();
    }

    private void write(RunView run) throws IOException {
        json.writeStartObject();
        json.writeStringField("runId", run.runId());
        json.writeStringField("workflow", run.workflow());
        json.writeStringField("status", run.status().text());
        time("queuedAt", run.queuedAt());
        time("startedAt", run.startedAt());
        time("endedAt", run.endedAt());
        number("durationMs", run.durationMs());
        number("queueMs", run.queueMs());
        json.writeStringField("reason", run.reason());
        json.writeArrayFieldStart("jobs");
        for (RunView.JobView job : run.jobs()) {
            write(job);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(RunView.JobView job) throws IOException {
        json.writeStartObject();
        json.writeStringField("jobId", job.jobId());
        json.writeStringField("name", job.name());
        json.writeStringField("status", job.status().text());
        json.writeStringField("agentId", job.agentId());
        time("queuedAt", job.queuedAt());
        time("startedAt", job.startedAt());
        time("endedAt", job.endedAt());
        number("durationMs", job.durationMs());
        number("queueMs", job.queueMs());
        json.writeStringField("error", job.error());
        json.writeEndObject();
    }

    private void write(TraceLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", line.stamp().id().toString());
        time("at", line.stamp().at());
        json.writeStringField("tier", line.stamp().tier());
        json.writeStringField("service", line.service());
        json.writeStringField("host", line.stamp().host());
        json.writeStringField("level", line.stamp().level().text());
        json.writeStringField("message", line.text("message"));
        json.writeStringField("requestId", line.text("requestId"));
        json.writeStringField("runId", line.text("runId"));
        json.writeStringField("jobId", line.text("jobId"));
        json.writeStringField("spanId", line.text("spanId"));
        json.writeBooleanField("forwarded", line.stamp().forwarded());
        json.writeNumberField("copies", line.copies());
        json.writeFieldName("fields");
        json.writeRawValue(new String(line.original(), StandardCharsets.UTF_8));
        json.writeEndObject();
    }

    private void texts(String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void time(String name, @Nullable Long epochMillis) throws IOException {
        json.writeStringField(name, epochMillis == null ? null : TIME.format(Instant.ofEpochMilli(epochMillis)));
    }

    private void number(String name, @Nullable Long value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
