package io.spoor.app.demo;

import io.spoor.app.demo.DemoLine.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes what orchestrator and agent print about one job. */
final class JobScript {

    private static final int RECOVERY_MILLIS = 120_000;
    private static final String FAILURE = "Error: connect ECONNREFUSED 10.0.0.7:5432";
    private static final String STACK = FAILURE + """

                at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)
                at Object.run (file:///var/lib/kici/kici-5Z5k3o/.kici/workflows/flaky.ts:16:11)
                at async runStep (/opt/kici/packages/agent/dist/workflow-runner.js:412:5)
            """.stripTrailing();
    private static final String ISOLATION = "Bare-metal without sandbox provides limited isolation. Only environment"
            + " sanitization is active. Enable sandbox=true with bubblewrap for PID/IPC/filesystem namespace isolation.";
    private static final List<String> OUTPUT = List.of(
            "0 problems",
            "rendering – 12 pages ✓",
            "ok 1 - case 1",
            "added 120 packages in 1s",
            "größe: 4,2 MiB",
            "完了しました 🎉");

    private final Recorder recorder;
    private final Dice dice;
    private final Source orchestrator;
    private final String runId;
    private final Workflow workflow;
    private final Workflow.Job job;
    private final boolean hasCheckRuns;
    private final boolean first;
    private final String jobId;
    private final @Nullable String requestId;
    private final Agent agent;
    private final List<Map<String, Object>> steps = new ArrayList<>();

    /** @param first of its run to start */
    JobScript(Recorder recorder, Dice dice, Order order, String runId, Workflow.Job job, boolean first) {
        this.recorder = recorder;
        this.dice = dice;
        this.orchestrator = order.orchestrator();
        this.runId = runId;
        this.workflow = order.workflow();
        this.job = job;
        this.hasCheckRuns = order.hasCheckRuns();
        this.first = first;
        this.jobId = dice.uuid();
        // KiCI's needs scheduler gives each job that it dispatches a request of its own.
        this.requestId = job.needs().isEmpty() ? order.requestId() : dice.uuid();
        this.agent = Fleet.agent(dice.random);
    }

    /** Plays the job, ready at {@code ready}, to the given end; answers when it ended. */
    long play(long ready, Ending ending) {
        long begin = ready + (dice.percent(80) ? dice.millis(2, 60) : dice.millis(300, 4_000));
        accept(begin);
        start(begin);
        long at = begin + dice.millis(500, 1_500);
        int last = job.steps().size() - 1;
        for (int step = 0; step <= last; step++) {
            boolean bad = step == last && ending != Ending.SUCCESS;
            long took = dice.millis(150, 2_500);
            step(step, at, "running");
            if (bad && ending != Ending.FAILED) {
                return breakOff(at + took, ending);
            }
            output(at + took / 2, OUTPUT.get(dice.random.nextInt(OUTPUT.size())));
            step(step, at + took, bad ? "failed" : "success");
            result(job.steps().get(step), bad, took);
            at += took + dice.millis(1, 6);
        }
        return end(begin, at, ending == Ending.FAILED ? "failed" : "success");
    }

    private void accept(long begin) {
        // A scaler fills in the ids that the agent's line lacks.
        String filled = agent.path() == Agent.Path.SCALER ? requestId : null;
        agent(begin, "info", "Job dispatch received", "jobId", jobId, "requestId", filled, "runId", runId);
        Object[] accepted = ids("activeJobs", 1);
        if (agent.path() == Agent.Path.WEBSOCKET) {
            recorder.forwarded(agent, orchestrator, begin, delay(), "info", "Accepting job dispatch", accepted);
        } else {
            agent(begin, "info", "Accepting job dispatch", accepted);
        }
        if (requestId != null) {
            agent(begin + 1, "info", "Run: " + runId + " | Trace: " + requestId, ids());
        }
        boolean container = agent.path() == Agent.Path.SCALER;
        agent(
                begin + 1,
                "info",
                "Creating execution sandbox",
                ids("executionMode", container ? "container" : "bare-metal"));
        if (!container) {
            agent(begin + 1, "warn", ISOLATION, ids());
        }
        output(begin + 20, "[fork-runner] Child process spawned: pid=" + (10_000 + dice.random.nextInt(50_000)));
        output(begin + 30, "[fork-runner] IPC message received: type=ready");
        output(
                begin + 40,
                "[workflow-runner:stderr] [workflow-runner:trace] execute request received: workflow=" + workflow.name()
                        + ", job=" + job.name());
        output(
                begin + 45,
                "[workflow-runner:stdout] "
                        + Recorder.write(new TreeMap<>(Map.of("level", "info", "message", "cloned"))));
    }

    private void start(long begin) {
        long at = begin + dice.millis(8, 20);
        if (!job.needs().isEmpty()) {
            recorder.info(
                    orchestrator,
                    at,
                    "Replaced synthetic job entry with real job",
                    "realJobId",
                    jobId,
                    "runId",
                    runId,
                    "syntheticId",
                    "needs-pending-" + job.name() + "-" + dice.uuid());
            recorder.info(
                    orchestrator,
                    at + 3,
                    "Scheduler-dispatched job ready and dispatched",
                    "jobId",
                    jobId,
                    "jobName",
                    job.name(),
                    "runId",
                    runId);
        }
        state(at, "running", trace -> trace.run(runId).job(job.name()).started(jobId, at));
        if (first && dice.percent(25)) {
            recorder.warn(
                    orchestrator,
                    at + 9,
                    "Run not found in DB, skipping job status update",
                    "jobId",
                    jobId,
                    "runId",
                    runId,
                    "state",
                    "running");
        }
        if (first) {
            recorder.info(orchestrator, at + 14, "Run transitioned to running", "jobId", jobId, "runId", runId);
        }
    }

    private void step(int index, long at, String state) {
        recorder.info(
                orchestrator,
                at,
                "Step status update",
                "agentId",
                agent.id(),
                "jobId",
                jobId,
                "runId",
                runId,
                "state",
                state,
                "stepIndex",
                index,
                "stepName",
                job.steps().get(index));
        if (state.equals("running")) {
            output(at, "[fork-runner] IPC message received: type=step.start");
        }
    }

    private long end(long begin, long at, String outcome) {
        boolean failed = outcome.equals("failed");
        String failedStep = job.steps().get(job.steps().size() - 1);
        Object failureData = null;
        if (failed) {
            output(at, "[fork-runner] IPC message received: type=log.line content=\"" + FAILURE + "\"");
            if (agent.path() != Agent.Path.SCALER) {
                recorder.text(agent.source(), at, STACK);
            }
            agent(
                    at,
                    "error",
                    "Sandbox returned failed result",
                    ids(
                            "durationMs",
                            at - begin,
                            "stepCount",
                            steps.size(),
                            "stepErrors",
                            failedStep + ": " + STACK,
                            "steps",
                            stepStates()));
            failureData = Recorder.write(new TreeMap<>(Map.of("durationMs", at - begin, "stepResults", steps)));
        }
        long ended = at + dice.millis(2, 16);
        recorder.json(
                orchestrator,
                ended,
                "info",
                "Job status update",
                trace -> trace.run(runId).job(job.name()).ended(outcome, ended),
                "agentId",
                agent.id(),
                "failureData",
                failureData,
                "jobId",
                jobId,
                "runId",
                runId,
                "state",
                outcome);
        output(at, "[fork-runner] IPC message received: type=job.complete status=" + outcome);
        after(ended);
        return ended;
    }

    /** Lines without ids that follow a job's end. */
    private void after(long ended) {
        if (!hasCheckRuns) {
            recorder.warn(
                    orchestrator, ended + 4, "Check runs not supported for provider, skipping", "provider", "local");
        }
        if (dice.percent(30)) {
            recorder.warn(
                    orchestrator,
                    ended + 6,
                    "Agent self-reported activeJobs disagrees with registry count",
                    "agentId",
                    agent.id(),
                    "reported",
                    0,
                    "tracked",
                    1);
        }
        recorder.info(
                orchestrator,
                ended + 10,
                "Event emitted",
                "chainDepth",
                0,
                "eventId",
                dice.uuid(),
                "eventName",
                "__job_complete",
                "sourceRepo",
                "acme/shop");
    }

    private long breakOff(long at, Ending ending) {
        return switch (ending) {
            case CANCELLED_WHILE_RUNNING -> cancel(at);
            case AGENT_KILLED -> killAgent(at);
            case LOST -> at;
            case SUCCESS, FAILED, CANCELLED_IN_QUEUE, INIT_FAILURE ->
                throw new IllegalArgumentException(ending + " breaks no job off");
        };
    }

    private long cancel(long at) {
        recorder.info(
                orchestrator,
                at,
                "Run transitioned to cancelling",
                "reason",
                "Superseded by a newer push",
                "runId",
                runId);
        recorder.forwarded(
                agent, orchestrator, at + 15, delay(), "info", "Job cancel received", "jobId", jobId, "runId", runId);
        long ended = at + 60;
        state(ended, "cancelled", trace -> trace.run(runId).job(job.name()).ended("cancelled", ended));
        return ended;
    }

    private long killAgent(long at) {
        recorder.info(orchestrator, at, "Agent disconnected", "agentId", agent.id(), "code", 1006);
        recorder.info(orchestrator, at + 2, "Job entering recovery state", ofAgent("timeoutMs", RECOVERY_MILLIS));
        long ended = at + RECOVERY_MILLIS;
        recorder.warn(orchestrator, ended, "Job recovery timed out", ofAgent());
        recorder.json(
                orchestrator,
                ended + 3,
                "warn",
                "Job permanently failed before/outside agent execution",
                trace -> trace.run(runId).job(job.name()).ended("failed", ended),
                ofAgent("error", "Agent " + agent.id() + " did not come back within 120 s"));
        return ended;
    }

    private void state(long at, String state, Fact fact) {
        recorder.json(orchestrator, at, "info", "Job status update", fact, ofAgent("state", state));
    }

    private void result(String step, boolean bad, long took) {
        Map<String, Object> result =
                new TreeMap<>(Map.of("name", step, "status", bad ? "failed" : "success", "durationMs", took));
        if (bad) {
            result.put("error", STACK);
        }
        steps.add(result);
    }

    private String stepStates() {
        StringJoiner states = new StringJoiner(",");
        steps.forEach(step -> states.add(step.get("name") + ":" + step.get("status")));
        return states.toString();
    }

    private void agent(long at, String level, String message, @Nullable Object... members) {
        recorder.agent(agent, orchestrator, at, delay(), level, message, members);
    }

    private void output(long at, String text) {
        recorder.agentText(agent, orchestrator, at, delay(), text, ids());
    }

    /** How much later the orchestrator prints an agent's line. */
    private long delay() {
        return dice.percent(85) ? dice.millis(15, 120) : dice.millis(120, 600);
    }

    private @Nullable Object[] ids(@Nullable Object... members) {
        return with(members, "jobId", jobId, "requestId", requestId, "runId", runId);
    }

    private @Nullable Object[] ofAgent(@Nullable Object... members) {
        return with(members, "agentId", agent.id(), "jobId", jobId, "runId", runId);
    }

    private static @Nullable Object[] with(@Nullable Object[] members, @Nullable Object... more) {
        @Nullable Object[] all = Arrays.copyOf(members, members.length + more.length);
        System.arraycopy(more, 0, all, members.length, more.length);
        return all;
    }
}
