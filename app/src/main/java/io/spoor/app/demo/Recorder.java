package io.spoor.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spoor.app.demo.DemoLine.Effect;
import io.spoor.app.demo.DemoLine.Fact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what all processes print about one trace (or, for noise, about none), in KiCI's forms. */
final class Recorder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final @Nullable Integer trace;
    private final List<DemoLine> lines = new ArrayList<>();

    /** @param trace number of the trace, or null for noise */
    Recorder(@Nullable Integer trace) {
        this.trace = trace;
    }

    /** A process's own line. Members with a null value are left out; names come sorted, as KiCI sorts them. */
    void json(Source source, long at, String level, String message, Fact fact, @Nullable Object... members) {
        Map<String, Object> object = object(source.service(), at, level, message, members);
        String text = write(object);
        boolean carriesId =
                object.containsKey("requestId") || object.containsKey("runId") || object.containsKey("jobId");
        add(at, source, text, carriesId ? text : null, request(object).and(fact));
    }

    void info(Source source, long at, String message, @Nullable Object... members) {
        json(source, at, "info", message, Fact.NONE, members);
    }

    void warn(Source source, long at, String message, @Nullable Object... members) {
        json(source, at, "warn", message, Fact.NONE, members);
    }

    /**
     * An agent's line that the orchestrator prints again, later, with {@code agentId} (and {@code logsSource}) at its end.
     * A scaler's agent has no shipper of its own, so that this is its only way.
     */
    void forwarded(
            Agent agent,
            Source orchestrator,
            long at,
            long delay,
            String level,
            String message,
            @Nullable Object... members) {
        Map<String, Object> object = object("agent", at, level, message, members);
        String text = write(object);
        if (agent.path() != Agent.Path.SCALER) {
            add(at, agent.source(), text, text, request(object));
        }
        String tail = ",\"agentId\":" + write(agent.id())
                + (agent.path() == Agent.Path.SCALER ? ",\"logsSource\":\"container\"}" : "}");
        add(at + delay, orchestrator, text.substring(0, text.length() - 1) + tail, text, request(object));
    }

    /** A line on the agent's own stdout or, for a scaler's agent, on the orchestrator's. */
    void agent(
            Agent agent,
            Source orchestrator,
            long at,
            long delay,
            String level,
            String message,
            @Nullable Object... members) {
        if (agent.path() == Agent.Path.SCALER) {
            forwarded(agent, orchestrator, at, delay, level, message, members);
        } else {
            json(agent.source(), at, level, message, Fact.NONE, members);
        }
    }

    /**
     * Plain text on an agent's stdout or stderr. The orchestrator wraps that of a scaler's agent in an object without a time;
     * such lines are never copies of each other.
     */
    void agentText(Agent agent, Source orchestrator, long at, long delay, String text, @Nullable Object... ids) {
        if (agent.path() != Agent.Path.SCALER) {
            text(agent.source(), at, text);
            return;
        }
        Map<String, Object> object = new TreeMap<>();
        put(object, ids);
        object.put("level", "info");
        object.put("message", text);
        object.put("service", "agent");
        String json = write(object);
        String line = json.substring(0, json.length() - 1) + ",\"agentId\":" + write(agent.id())
                + ",\"logsSource\":\"container\"}";
        add(at + delay, orchestrator, line, line + '#' + lines.size(), request(object));
    }

    /** Plain text, several physical lines where it has several. */
    void text(Source source, long at, String text) {
        text.lines().forEach(line -> add(at, source, line, null, Fact.NONE));
    }

    /** Nothing of this trace is printed after {@code at}; the last line before has one more thing to say. */
    void cutAfter(long at, Fact fact) {
        lines.removeIf(line -> line.atMillis() > at);
        for (int i = lines.size() - 1; i >= 0; i--) {
            Effect effect = lines.get(i).effect();
            if (effect != null) {
                Fact both = effect.fact().and(fact);
                lines.set(i, with(lines.get(i), new Effect(effect.trace(), effect.content(), both, false)));
                return;
            }
        }
    }

    /** In the order of printing; the last line of the trace is marked. */
    List<DemoLine> lines() {
        lines.sort(Comparator.comparingLong(DemoLine::atMillis));
        for (int i = lines.size() - 1; i >= 0; i--) {
            Effect effect = lines.get(i).effect();
            if (effect != null) {
                lines.set(i, with(lines.get(i), new Effect(effect.trace(), effect.content(), effect.fact(), true)));
                break;
            }
        }
        return lines;
    }

    /** Whatever line names a request adds it to the trace's. */
    private static Fact request(Map<String, Object> object) {
        return object.get("requestId") instanceof String id ? trace -> trace.request(id) : Fact.NONE;
    }

    private void add(long at, Source source, String text, @Nullable String content, Fact fact) {
        Effect effect = trace == null || content == null ? null : new Effect(trace, content, fact, false);
        lines.add(new DemoLine(at, source, text, effect));
    }

    private static DemoLine with(DemoLine line, Effect effect) {
        return new DemoLine(line.atMillis(), line.source(), line.text(), effect);
    }

    private static Map<String, Object> object(
            String service, long at, String level, String message, @Nullable Object... members) {
        Map<String, Object> object = new TreeMap<>();
        put(object, members);
        object.put("level", level);
        object.put("message", message);
        object.put("service", service);
        object.put("timestamp", TIME.format(Instant.ofEpochMilli(at)));
        return object;
    }

    private static void put(Map<String, Object> object, @Nullable Object... members) {
        for (int i = 0; i < members.length; i += 2) {
            Object name = members[i];
            Object value = members[i + 1];
            if (name != null && value != null) {
                object.put((String) name, value);
            }
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
