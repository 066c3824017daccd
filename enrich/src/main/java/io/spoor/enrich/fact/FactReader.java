package io.spoor.enrich.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spoor.enrich.json.JsonKind;
import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonScan;
import io.spoor.model.Id;
import io.spoor.model.IdKind;
import io.spoor.model.fact.Change;
import io.spoor.model.fact.Change.Ending;
import io.spoor.model.fact.Fact;
import io.spoor.model.fact.JobState;
import io.spoor.model.fact.Outcome;
import io.spoor.model.fact.RunState;
import io.spoor.model.fact.WaitingJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads off a line what its message tells of its run. */
public final class FactReader {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MAX_TEXT = 2000;

    private static final JsonName WORKFLOW_NAME = JsonName.of("workflowName");
    private static final JsonName WORKFLOW = JsonName.of("workflow");
    private static final JsonName ROUTING_KEY = JsonName.of("routingKey");
    private static final JsonName JOB_COUNT = JsonName.of("jobCount");
    private static final JsonName STATUS = JsonName.of("status");
    private static final JsonName STATE = JsonName.of("state");
    private static final JsonName DURATION_MS = JsonName.of("durationMs");
    private static final JsonName REASON = JsonName.of("reason");
    private static final JsonName JOB = JsonName.of("job");
    private static final JsonName JOB_NAME = JsonName.of("jobName");
    private static final JsonName SYNTHETIC_ID = JsonName.of("syntheticId");
    private static final JsonName REAL_JOB_ID = JsonName.of("realJobId");
    private static final JsonName AGENT_ID = JsonName.of("agentId");
    private static final JsonName AGENT_ID_SNAKE = JsonName.of("agent_id");
    private static final JsonName ERROR = JsonName.of("error");
    private static final JsonName FAILURE_DATA = JsonName.of("failureData");

    private FactReader() {}

    /**
     * The fact that a line tells, or nothing where it lacks what the fact would need.
     *
     * @param ids the ids that the line carries; without a run's there is no fact
     */
    public static Optional<Fact> read(Telling telling, JsonScan line, List<Id> ids, long atMillis) {
        String run = idOf(IdKind.RUN, ids);
        Change change = change(telling, line, idOf(IdKind.JOB, ids));
        if (run == null || (change == null && telling != Telling.RUN_SEEN)) {
            return Optional.empty();
        }
        return Optional.of(new Fact(
                atMillis,
                run,
                Fact.Source.LINE,
                idOf(IdKind.REQUEST, ids),
                either(text(line, WORKFLOW_NAME), text(line, WORKFLOW)),
                text(line, ROUTING_KEY),
                change));
    }

    private static @Nullable String idOf(IdKind kind, List<Id> ids) {
        for (Id id : ids) {
            if (id.kind() == kind) {
                return id.value();
            }
        }
        return null;
    }

    private static @Nullable Change change(Telling telling, JsonScan line, @Nullable String jobId) {
        return switch (telling) {
            case NONE, RUN_SEEN -> null;
            case RUN_STARTED -> new Change.RunStarted(jobCount(line));
            case RUN_RUNNING -> new Change.RunMoved(RunState.RUNNING);
            case RUN_CANCELLING -> new Change.RunMoved(RunState.CANCELLING);
            case RUN_HELD -> new Change.RunMoved(RunState.HELD);
            case RUN_RESUMED -> new Change.RunMoved(RunState.QUEUED);
            case RUN_COMPLETED -> ended(line, Ending.PLAIN);
            case RUN_STALE -> ended(line, Ending.STALE);
            case RUN_FAILED ->
                new Change.RunEnded(Outcome.FAILED, Ending.NOTED, number(line, DURATION_MS), reason(line));
            case RUN_CANCELLED -> new Change.RunEnded(Outcome.CANCELLED, Ending.NOTED, null, reason(line));
            case JOB_ANNOUNCED -> announced(line);
            case JOB_NAMED -> named(jobId, jobName(line));
            case JOB_REPLACED -> replaced(line);
            case JOB_ACCEPTED -> moved(jobId, line, JobState.QUEUED);
            case JOB_STATE -> moved(jobId, line, jobState(line));
            case JOB_STARTED -> moved(jobId, line, JobState.RUNNING);
            case JOB_RECOVERING -> moved(jobId, line, JobState.RECOVERING);
            case JOB_FAILED -> moved(jobId, line, JobState.FAILED);
        };
    }

    private static Change ended(JsonScan line, Ending ending) {
        String status = text(line, STATUS);
        return new Change.RunEnded(outcome(status), ending, number(line, DURATION_MS), reason(line));
    }

    private static @Nullable Change announced(JsonScan line) {
        String name = jobName(line);
        return name == null ? null : new Change.JobAnnounced(name);
    }

    private static @Nullable Change replaced(JsonScan line) {
        String waiting = text(line, SYNTHETIC_ID);
        String name = waiting == null ? null : WaitingJob.nameIn(waiting);
        String jobId = text(line, REAL_JOB_ID);
        return named(jobId != null && Id.wellFormed(jobId) ? jobId : null, name);
    }

    private static @Nullable Change named(@Nullable String jobId, @Nullable String name) {
        return jobId == null || name == null ? null : new Change.JobNamed(jobId, name);
    }

    private static @Nullable Change moved(@Nullable String jobId, JsonScan line, JobState state) {
        return jobId == null
                ? null
                : new Change.JobMoved(
                        jobId,
                        state,
                        text(line, JOB_NAME),
                        either(text(line, AGENT_ID), text(line, AGENT_ID_SNAKE)),
                        number(line, DURATION_MS),
                        error(line));
    }

    /** The state that a job line names; both {@code state} and {@code status} are in use. */
    public static JobState jobState(JsonScan line) {
        String word = either(text(line, STATE), text(line, STATUS));
        return word == null ? JobState.UNKNOWN : jobState(word);
    }

    static JobState jobState(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "pending", "queued", "dispatched" -> JobState.QUEUED;
            case "running", "started" -> JobState.RUNNING;
            case "recovering" -> JobState.RECOVERING;
            case "cancelling" -> JobState.CANCELLING;
            case "success", "succeeded" -> JobState.SUCCESS;
            case "skipped", "drift_dropped" -> JobState.SKIPPED;
            case "cancelled", "canceled" -> JobState.CANCELLED;
            case "timed_out_stale", "timed_out" -> JobState.TIMED_OUT;
            case "failed", "failure", "error" -> JobState.FAILED;
            default -> JobState.UNKNOWN;
        };
    }

    static Outcome outcome(@Nullable String status) {
        return switch (status == null ? "" : status.toLowerCase(Locale.ROOT)) {
            case "success", "succeeded" -> Outcome.SUCCESS;
            case "cancelled", "canceled" -> Outcome.CANCELLED;
            case "failed", "failure", "error", "timed_out", "timed_out_stale" -> Outcome.FAILED;
            default -> Outcome.UNKNOWN;
        };
    }

    private static @Nullable String jobName(JsonScan line) {
        return either(text(line, JOB_NAME), text(line, JOB));
    }

    private static @Nullable String reason(JsonScan line) {
        return either(text(line, REASON), error(line));
    }

    /** {@code error} as text or as an object with a message, else the first failed step in {@code failureData}. */
    private static @Nullable String error(JsonScan line) {
        int error = line.find(ERROR);
        if (error >= 0 && line.kind(error) == JsonKind.STRING) {
            return cut(line.string(error));
        }
        if (error >= 0 && line.kind(error) == JsonKind.OBJECT) {
            String json = new String(
                    line.buffer(),
                    line.valueFrom(error),
                    line.valueTo(error) - line.valueFrom(error),
                    StandardCharsets.UTF_8);
            return cut(whole(messageIn(json)));
        }
        String failure = text(line, FAILURE_DATA);
        return failure == null ? null : cut(whole(firstFailureIn(failure)));
    }

    private static String messageIn(String json) {
        return parsed(json)
                .map(tree -> tree.path("message"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElse(json);
    }

    private static @Nullable String firstFailureIn(String json) {
        JsonNode tree = parsed(json).orElse(null);
        if (tree == null) {
            return json;
        }
        for (JsonNode step : tree.path("stepResults")) {
            if (step.path("error").isTextual()) {
                return step.path("name").asText("step") + ": "
                        + step.path("error").textValue();
            }
        }
        return tree.path("error").isTextual() ? tree.path("error").textValue() : null;
    }

    /** Half of a surrogate pair, which JSON can say and UTF-8 cannot, becomes U+FFFD. */
    private static @Nullable String whole(@Nullable String text) {
        return text == null
                ? null
                : text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // not JSON after all: whoever asks shows the text as it stands
        }
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= MAX_TEXT) {
            return text;
        }
        // Half of a surrogate pair could not be written.
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }

    private static @Nullable String either(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private static @Nullable String text(JsonScan line, JsonName name) {
        int member = line.find(name, JsonKind.STRING);
        String text = member < 0 ? null : line.string(member);
        return text == null || text.isEmpty() ? null : cut(text);
    }

    private static @Nullable Long number(JsonScan line, JsonName name) {
        int member = line.find(name, JsonKind.NUMBER);
        if (member < 0) {
            return null;
        }
        double value = line.doubleOrNaN(member);
        return value >= 0 && value < 1e15 ? Math.round(value) : null;
    }

    private static @Nullable Integer jobCount(JsonScan line) {
        Long count = number(line, JOB_COUNT);
        return count == null ? null : (int) Math.min(Integer.MAX_VALUE, count);
    }
}
