package io.spoor.app.demo;

import io.spoor.app.demo.DemoLine.Fact;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what orchestrator and agents print about one run, from its dispatch to its end. */
final class RunScript {

    private final Recorder recorder;
    private final Dice dice;
    private final Order order;
    private final Source orchestrator;
    private final String runId;
    private final Map<String, Long> succeeded = new HashMap<>(); // a job's end by its name
    private final Map<String, String> never = new LinkedHashMap<>(); // the state of a job that never ran, by its name
    private boolean someJobStarted;

    RunScript(Recorder recorder, Dice dice, Order order) {
        this.recorder = recorder;
        this.dice = dice;
        this.order = order;
        this.orchestrator = order.orchestrator();
        this.runId = dice.uuid();
    }

    String runId() {
        return runId;
    }

    /** Plays the run from {@code at} on and answers when it is over. */
    long play(long at) {
        long start = at + dice.millis(35, 60);
        dispatch(at, start);
        if (order.ending() == Ending.CANCELLED_IN_QUEUE) {
            return cancelInQueue(start + dice.millis(2_000, 9_000));
        }
        Workflow.Job unlucky = unlucky();
        long end = start;
        String status = "success";
        for (Workflow.Job job : order.workflow().jobs()) {
            if (!succeeded.keySet().containsAll(job.needs())) {
                never.put(job.name(), order.ending() == Ending.CANCELLED_WHILE_RUNNING ? "cancelled" : "skipped");
                continue;
            }
            long ready = at + 8;
            for (String need : job.needs()) {
                ready = Math.max(ready, succeeded.getOrDefault(need, ready) + dice.millis(12, 40));
            }
            JobScript script = new JobScript(recorder, dice, order, runId, job, !someJobStarted);
            someJobStarted = true;
            boolean bad = job.equals(unlucky);
            long jobEnd = script.play(ready, bad ? order.ending() : Ending.SUCCESS);
            if (bad && order.ending() == Ending.LOST) {
                return crash(jobEnd);
            }
            if (bad) {
                status = order.ending() == Ending.CANCELLED_WHILE_RUNNING ? "cancelled" : "failed";
            } else {
                succeeded.put(job.name(), jobEnd);
            }
            end = Math.max(end, jobEnd);
        }
        return complete(start, end, status);
    }

    /** The job that makes the run end as it has to. */
    private Workflow.@Nullable Job unlucky() {
        if (order.ending() == Ending.SUCCESS) {
            return null;
        }
        // Often one in the middle: then something is skipped.
        int jobs = order.workflow().jobs().size();
        return order.workflow().jobs().get(Math.min(dice.random.nextInt(jobs), jobs > 2 ? jobs - 2 : jobs - 1));
    }

    private void dispatch(long at, long start) {
        String workflow = order.workflow().name();
        recorder.json(
                orchestrator,
                at,
                "info",
                "Stored webhook payload for run",
                trace -> trace.run(runId).of(workflow),
                of(
                        "bytes",
                        120 + dice.random.nextInt(4_000),
                        "logStorageBackend",
                        "FilesystemLogStorage",
                        "payloadPath",
                        "executions/" + runId + "/webhook-payload.json"));
        checkRun(at, "created");
        long next = at + 20;
        for (Workflow.Job job : order.workflow().jobs()) {
            boolean root = job.needs().isEmpty();
            Fact known = trace -> trace.run(runId).job(job.name());
            next += dice.millis(1, 8);
            if (root) {
                recorder.json(
                        orchestrator,
                        next,
                        "info",
                        "Job dispatched",
                        known,
                        of(
                                "depsUrl",
                                "no",
                                "job",
                                job.name(),
                                "sourceTarUrl",
                                "no",
                                "status",
                                "dispatched",
                                "workflow",
                                workflow));
            } else {
                recorder.json(
                        orchestrator,
                        next,
                        "info",
                        "Job gated by needs scheduler (not dispatched yet)",
                        known,
                        of("job", job.name(), "workflow", workflow));
            }
        }
        recorder.json(
                orchestrator,
                start + dice.millis(12, 30),
                "info",
                "Execution started",
                trace -> trace.run(runId).started(start),
                of("jobCount", order.workflow().jobs().size(), "workflowName", workflow));
    }

    private long cancelInQueue(long at) {
        recorder.json(
                orchestrator,
                at,
                "info",
                "Cancelled run",
                trace -> {
                    trace.run(runId).ended("cancelled", at, null);
                    order.workflow()
                            .jobs()
                            .forEach(job -> trace.run(runId).job(job.name()).never("cancelled"));
                },
                "reason",
                "Cancelled by nora@example.test",
                "runId",
                runId);
        return at;
    }

    /** The end is logged twice, once with the duration and once with the request; again after a job that never ran. */
    private long complete(long start, long end, String status) {
        long duration = end - start;
        long at = end + dice.millis(8, 80);
        if (!never.isEmpty()) {
            completed(at, status, end, duration + dice.millis(20, 90));
            at += dice.millis(8, 25);
        }
        completed(at, status, end, duration);
        recorder.info(
                orchestrator,
                at + 20,
                "Event emitted",
                "chainDepth",
                0,
                "eventId",
                dice.uuid(),
                "eventName",
                "__workflow_complete",
                "sourceRepo",
                "acme/shop");
        if (order.hasCheckRuns()) {
            recorder.info(Fleet.PLATFORM, at + 60, "Check run updated", of("conclusion", status));
            return at + 60;
        }
        return at + 20;
    }

    private void completed(long at, String status, long end, long duration) {
        recorder.json(
                orchestrator,
                at,
                "info",
                "Execution completed",
                trace -> {
                    trace.run(runId).ended(status, end, duration);
                    never.forEach((name, state) -> trace.run(runId).job(name).never(state));
                },
                "durationMs",
                duration,
                "logBytes",
                80 + dice.random.nextInt(4_000),
                "runId",
                runId,
                "status",
                status);
        recorder.info(
                orchestrator,
                at,
                "Execution completed",
                "requestId",
                order.requestId(),
                "runId",
                runId,
                "status",
                status);
        checkRun(at + 1, "completed");
    }

    private void checkRun(long at, String action) {
        if (order.hasCheckRuns()) {
            recorder.info(
                    orchestrator,
                    at,
                    "Check run " + action,
                    of("checkRunId", 40_000_000 + dice.random.nextInt(1_000_000)));
        } else {
            recorder.warn(
                    orchestrator,
                    at,
                    "Check runs not supported for provider, skipping",
                    of("provider", order.provider()));
        }
    }

    /** Everything about the run stops in the middle of a job. */
    private long crash(long jobEnd) {
        long at = jobEnd - dice.millis(20, 120);
        recorder.cutAfter(at, trace -> trace.run(runId).lost());
        recorder.text(orchestrator, at, """

                node:internal/process/promises:394
                      triggerUncaughtException(err, true /* fromPromise */);
                      ^

                Error: Connection terminated unexpectedly
                    at Connection.<anonymous> (/opt/kici/node_modules/pg/lib/client.js:136:73)
                    at Object.onceWrapper (node:events:638:28)
                    at Socket.<anonymous> (/opt/kici/node_modules/pg/lib/connection.js:62:12)

                Node.js v22.14.0""");
        recorder.info(orchestrator, at + 3_000, "Database connected");
        recorder.info(
                orchestrator,
                at + 3_400,
                "Orchestrator (standalone) started on port 14000",
                "mode",
                "hybrid",
                "port",
                14_000);
        return at;
    }

    /** Members of an orchestrator's line about this run, with the ids that such lines carry. */
    private @Nullable Object[] of(@Nullable Object... members) {
        @Nullable Object[] all = Arrays.copyOf(members, members.length + 6);
        all[members.length] = "requestId";
        all[members.length + 1] = order.requestId();
        all[members.length + 2] = "routingKey";
        all[members.length + 3] = order.routingKey();
        all[members.length + 4] = "runId";
        all[members.length + 5] = runId;
        return all;
    }
}
