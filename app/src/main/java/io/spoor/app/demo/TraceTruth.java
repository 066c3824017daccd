package io.spoor.app.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is true about one trace by the lines printed so far. Owned by the thread that sends. */
final class TraceTruth {

    private final Set<String> requestIds = new LinkedHashSet<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Set<String> contents = new HashSet<>();
    private int copies;

    void count(String content) {
        if (!contents.add(content)) {
            copies++;
        }
    }

    void request(String requestId) {
        requestIds.add(requestId);
    }

    Run run(String runId) {
        return runs.computeIfAbsent(runId, Run::new);
    }

    List<String> runIds() {
        return List.copyOf(runs.keySet());
    }

    /** How good an example it makes: a failure in a larger run is a better story than a success in a small one. */
    int interest() {
        return runs.values().stream()
                .mapToInt(run -> run.jobs.size() + (run.status.equals("failed") ? 10 : 0))
                .max()
                .orElse(0);
    }

    @Nullable
    String firstRequestId() {
        return requestIds.isEmpty() ? null : requestIds.iterator().next();
    }

    /** One JSON object a run. */
    List<String> json() {
        List<String> objects = new ArrayList<>();
        for (Run run : runs.values()) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("runId", run.id);
            object.put("requestIds", List.copyOf(requestIds));
            object.put("workflow", run.workflow);
            object.put("status", run.status);
            object.put("startedAt", time(run.startedAt));
            object.put("endedAt", time(run.endedAt));
            object.put("durationMs", run.durationMs);
            object.put("jobs", run.jobs.values().stream().map(Job::json).toList());
            object.put("lines", contents.size());
            object.put("copies", copies);
            objects.add(Recorder.write(object));
        }
        return objects;
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    }

    /** One run of the trace. */
    static final class Run {

        private final String id;
        private final Map<String, Job> jobs = new LinkedHashMap<>();
        private @Nullable String workflow;
        private String status = "queued";
        private @Nullable Long startedAt;
        private @Nullable Long endedAt;
        private @Nullable Long durationMs;

        Run(String id) {
            this.id = id;
        }

        Run of(String workflowName) {
            workflow = workflowName;
            return this;
        }

        void started(long at) {
            startedAt = at;
            status = status.equals("queued") ? "running" : status;
        }

        void ended(String outcome, long at, @Nullable Long millis) {
            status = outcome;
            endedAt = at;
            durationMs = millis;
        }

        void lost() {
            status = "lost";
        }

        Job job(String name) {
            return jobs.computeIfAbsent(name, Job::new);
        }
    }

    /** One job of a run. */
    static final class Job {

        private final String name;
        private @Nullable String jobId;
        private String status = "queued";
        private @Nullable Long startedAt;
        private @Nullable Long endedAt;

        Job(String name) {
            this.name = name;
        }

        void started(String id, long at) {
            jobId = id;
            startedAt = at;
            status = "running";
        }

        void ended(String outcome, long at) {
            status = outcome;
            endedAt = at;
        }

        /** It never ran: KiCI logs nothing, its database knows. */
        void never(String outcome) {
            status = outcome;
        }

        private Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("jobId", jobId);
            object.put("name", name);
            object.put("status", status);
            object.put("startedAt", time(startedAt));
            object.put("endedAt", time(endedAt));
            return object;
        }
    }
}
