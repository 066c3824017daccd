package io.spoor.app.demo;

import java.time.Instant;
import java.util.List;

/** What an installation prints all day long about nothing in particular. */
final class Noise {

    private static final List<String> PATHS = List.of("/health", "/ready", "/metrics", "/cluster/health");
    private static final long SECOND = 1_000;

    private Noise() {}

    /** The lines of one second; {@code at} is its beginning. */
    static List<DemoLine> second(long at, long second, Dice dice) {
        Recorder recorder = new Recorder(null);
        for (int i = 0; i < Fleet.ORCHESTRATORS.size(); i++) {
            Source orchestrator = Fleet.ORCHESTRATORS.get(i);
            if ((second + 3L * i) % 5 == 0) {
                recorder.info(
                        orchestrator,
                        at + dice.millis(0, 900),
                        "Request completed",
                        "duration",
                        dice.millis(0, 7) + "ms",
                        "method",
                        "GET",
                        "path",
                        PATHS.get(dice.random.nextInt(PATHS.size())),
                        "status",
                        200);
            }
            if (second % 60 == 20 + i) {
                long then = at + dice.millis(0, 800);
                recorder.info(orchestrator, then, "Scheduled job starting", "job", "token-cleanup");
                recorder.info(
                        orchestrator, then + 2, "Scheduled job completed", "durationMs", 2, "job", "token-cleanup");
                recorder.info(
                        orchestrator, then + 14, "Backend health check completed", "name", "pg", "status", "healthy");
            }
        }
        if (second < 60 && second % 7 == 6) {
            elect(recorder, at, second, dice);
        }
        if (second % 30 == 11) {
            for (Agent agent : Fleet.standing()) {
                recorder.json(
                        agent.source(),
                        at + dice.millis(0, 900),
                        "debug",
                        "Heartbeat sent",
                        DemoLine.Fact.NONE,
                        "activeJobs",
                        0);
            }
        }
        if (second % 97 == 40) {
            Agent agent = Fleet.standing().get(dice.random.nextInt(2));
            recorder.text(
                    Fleet.ORCHESTRATORS.get(0),
                    at + 500,
                    "{\"level\":\"info\",\"message\":\"--- Orchestrator offline for 0s. Replaying 0 buffered events and 1 buffered"
                            + " log lines. ---\",\"service\":\"agent\",\"agentId\":\"" + agent.id() + "\"}");
        }
        if (second % 15 == 7) {
            recorder.text(
                    Fleet.DATABASE,
                    at + 100,
                    Instant.ofEpochMilli(at + 100)
                            .toString()
                            .replace('T', ' ')
                            .replace(
                                    "Z",
                                    " UTC [64] LOG:  checkpoint complete: wrote " + (40 + dice.random.nextInt(90))
                                            + " buffers (0.4%)"));
        }
        return recorder.lines();
    }

    /** After its start a lone orchestrator holds elections for a minute. */
    private static void elect(Recorder recorder, long at, long second, Dice dice) {
        Source orchestrator = Fleet.ORCHESTRATORS.get(0);
        long term = second / 7 + 1;
        long then = at + dice.millis(0, 900);
        recorder.info(orchestrator, then, "Starting election", "instanceId", orchestrator.instance(), "term", term);
        if (second < 50) {
            recorder.info(
                    orchestrator,
                    then + 1,
                    "Dormant mode: deferring self-election (grace period active)",
                    "elapsedMs",
                    second * SECOND,
                    "gracePeriodMs",
                    60 * SECOND,
                    "instanceId",
                    orchestrator.instance());
        } else {
            recorder.info(orchestrator, then + 1, "Became leader", "instanceId", orchestrator.instance(), "term", term);
        }
    }
}
