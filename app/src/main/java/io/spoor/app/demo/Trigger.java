package io.spoor.app.demo;

import io.spoor.app.demo.DemoLine.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one whole trace: what started it, and the runs that it started. */
final class Trigger {

    private static final String GENERIC_KEY = "generic:org-demo:1999c92d-41b8-423b-b0c0-e92891a013a1";
    private static final int WORKFLOWS = 7;

    private final Recorder recorder;
    private final Dice dice;
    private final Source orchestrator;

    Trigger(int trace, Dice dice) {
        this.recorder = new Recorder(trace);
        this.dice = dice;
        this.orchestrator = Fleet.orchestrator(dice.random);
    }

    /** The story that a newcomer should see first: a push through all three tiers, a job that fails, another skipped. */
    static List<DemoLine> showcase(int trace, long at, Dice dice) {
        return new Trigger(trace, dice).push(at, Workflow.CI, Ending.FAILED);
    }

    static List<DemoLine> any(int trace, long at, Dice dice) {
        Trigger trigger = new Trigger(trace, dice);
        Ending ending = Ending.any(dice.random);
        int percent = dice.random.nextInt(100);
        if (percent < 60) {
            return trigger.push(at, Workflow.pushed(dice.random), ending);
        }
        return percent < 90
                ? trigger.generic(at, Workflow.pushed(dice.random), ending)
                : trigger.cron(at, ending == Ending.INIT_FAILURE ? Ending.SUCCESS : ending);
    }

    /** A GitHub push: platform, orchestrator, agents. */
    private List<DemoLine> push(long at, Workflow workflow, Ending ending) {
        String requestId = dice.uuid();
        String deliveryId = dice.uuid();
        String key = "github:" + (40 + dice.random.nextInt(5));
        String otelTrace = dice.hex(2);
        recorder.info(
                Fleet.PLATFORM,
                at,
                "Webhook received",
                "commitMessage",
                dice.percent(20) ? "fix: Größe der Füße – 直した ✓" : "Update dependencies",
                "deliveryId",
                deliveryId,
                "event",
                "push",
                "requestId",
                requestId,
                "routingKey",
                key,
                "spanId",
                dice.hex(1),
                "traceId",
                otelTrace);
        recorder.info(
                Fleet.PLATFORM,
                at + 6,
                "Webhook relay stream started",
                "chunkCount",
                1,
                "deliveryId",
                deliveryId,
                "event",
                "push",
                "requestId",
                requestId,
                "routingKey",
                key,
                "spanId",
                dice.hex(1),
                "totalSize",
                7_000 + dice.random.nextInt(9_000),
                "traceId",
                otelTrace);
        long received = at + dice.millis(15, 60);
        recorder.info(
                orchestrator,
                received,
                "Lock file fetched from provider",
                "requestId",
                requestId,
                "routingKey",
                key,
                "schemaVersion",
                29,
                "workflowCount",
                WORKFLOWS);
        recorder.json(
                orchestrator,
                received + 3,
                "debug",
                "Evaluating triggers",
                Fact.NONE,
                "requestId",
                requestId,
                "routingKey",
                key,
                "totalWorkflows",
                WORKFLOWS);
        Order order = new Order(workflow, ending, orchestrator, "github", requestId, key);
        runs(order, deliveryId, received + 10);
        return recorder.lines();
    }

    /** A generic webhook that comes straight to the orchestrator. */
    private List<DemoLine> generic(long at, Workflow workflow, Ending ending) {
        String requestId = dice.uuid();
        String deliveryId = GENERIC_KEY + ":" + dice.uuid();
        recorder.info(
                orchestrator,
                at,
                "Lock file fetched from filesystem",
                "lockFilePath",
                "/var/lib/kici/srv/acme/shop/.kici/kici.lock.json",
                "requestId",
                requestId,
                "routingKey",
                GENERIC_KEY,
                "schemaVersion",
                29,
                "workflowCount",
                WORKFLOWS);
        long answered =
                runs(new Order(workflow, ending, orchestrator, "local", requestId, GENERIC_KEY), deliveryId, at + 12);
        recorder.info(
                orchestrator,
                answered,
                "Generic webhook accepted",
                "deliveryId",
                deliveryId,
                "event",
                "push",
                "orgId",
                "org-demo",
                "providerType",
                "local",
                "routingKey",
                GENERIC_KEY,
                "sourceId",
                "shop");
        recorder.info(
                orchestrator,
                answered,
                "Request completed",
                "duration",
                (answered - at) + "ms",
                "method",
                "POST",
                "path",
                "/webhook/org-demo/generic/shop",
                "status",
                202);
        return recorder.lines();
    }

    /** A schedule: no webhook, and no request that the orchestrator's lines could name. */
    private List<DemoLine> cron(long at, Ending ending) {
        recorder.info(
                orchestrator,
                at,
                "Cron schedule fired",
                "schedule",
                "0 3 * * *",
                "workflowName",
                Workflow.NIGHTLY.name());
        new RunScript(recorder, dice, new Order(Workflow.NIGHTLY, ending, orchestrator, "local", null, null))
                .play(at + 9);
        return recorder.lines();
    }

    /** One run, or now and then two, a failed one perhaps tried again; answers when the webhook was processed. */
    private long runs(Order order, String deliveryId, long at) {
        long processed = at + dice.millis(80, 140);
        if (order.ending() == Ending.INIT_FAILURE) {
            processed(order, deliveryId, processed, 1, initFailure(order, deliveryId, at));
            return processed;
        }
        if (dice.percent(4)) {
            processed(order, deliveryId, processed, 0, null);
            return processed;
        }
        RunScript run = new RunScript(recorder, dice, order);
        long end = run.play(at);
        String last = run.runId();
        boolean two = order.ending() != Ending.LOST && dice.percent(10);
        if (two) {
            RunScript second = new RunScript(recorder, dice, with(order, Ending.SUCCESS));
            second.play(at + 12);
            last = second.runId();
        }
        processed(order, deliveryId, processed, two ? 2 : 1, last);
        if (order.ending() == Ending.FAILED && dice.percent(40)) {
            again(order, end + dice.millis(3_000, 12_000));
        }
        return processed;
    }

    private void again(Order order, long at) {
        recorder.info(
                order.hasCheckRuns() ? Fleet.PLATFORM : orchestrator,
                at,
                "Re-run requested",
                "requestId",
                order.requestId(),
                "routingKey",
                order.routingKey());
        new RunScript(recorder, dice, with(order, Ending.SUCCESS)).play(at + 30);
    }

    private void processed(Order order, String deliveryId, long at, int matched, @Nullable String runId) {
        recorder.info(
                orchestrator,
                at,
                "Webhook processed",
                "deliveryId",
                deliveryId,
                "event",
                "push",
                "matchedWorkflows",
                matched,
                "requestId",
                order.requestId(),
                "routingKey",
                order.routingKey(),
                "runId",
                runId,
                "totalWorkflows",
                WORKFLOWS);
    }

    private String initFailure(Order order, String deliveryId, long at) {
        String runId = dice.uuid();
        String error = "Unexpected token '<', \"<<<<<<< HEAD\" is not valid JSON";
        recorder.warn(
                orchestrator,
                at,
                "Lock file present but unparseable",
                "error",
                error,
                "requestId",
                order.requestId(),
                "routingKey",
                order.routingKey());
        recorder.warn(
                orchestrator,
                at + 1,
                "Lock file present but unparseable — recording lock_resolution init failure",
                "deliveryId",
                deliveryId,
                "requestId",
                order.requestId(),
                "routingKey",
                order.routingKey());
        recorder.json(
                orchestrator,
                at + 9,
                "info",
                "Recorded init-failure execution run",
                trace -> trace.run(runId).of(order.workflow().name()).ended("failed", at + 9, null),
                "reason",
                "lock_resolution",
                "requestId",
                order.requestId(),
                "routingKey",
                order.routingKey(),
                "runId",
                runId,
                "workflowName",
                order.workflow().name());
        return runId;
    }

    private static Order with(Order order, Ending ending) {
        return new Order(
                order.workflow(),
                ending,
                order.orchestrator(),
                order.provider(),
                order.requestId(),
                order.routingKey());
    }
}
