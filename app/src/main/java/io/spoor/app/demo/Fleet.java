package io.spoor.app.demo;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The processes of the made installation. */
final class Fleet {

    static final String ENV = "demo";

    static final Source PLATFORM = new Source("platform", "plat-1", ENV, "platform-1");
    static final Source DATABASE = new Source("postgres-orch", "db-1", ENV, "postgres-orch-1");
    static final List<Source> ORCHESTRATORS = List.of(
            new Source("orchestrator", "orch-1", ENV, "orchestrator-1"),
            new Source("orchestrator", "orch-2", ENV, "orchestrator-2"));

    private static final List<Agent> STANDING = List.of(
            agent("agent-1", Agent.Path.WEBSOCKET),
            agent("agent-2", Agent.Path.WEBSOCKET),
            agent("agent-3", Agent.Path.NATIVE));

    private Fleet() {}

    static Source orchestrator(RandomGenerator random) {
        return ORCHESTRATORS.get(random.nextInt(ORCHESTRATORS.size()));
    }

    /** A standing agent, or one in three times one that the scaler has just spawned. */
    static Agent agent(RandomGenerator random) {
        if (random.nextInt(3) > 0) {
            return STANDING.get(random.nextInt(STANDING.size()));
        }
        return agent("scaler-" + String.format(Locale.ROOT, "%06x", random.nextInt(1 << 24)), Agent.Path.SCALER);
    }

    static List<Agent> standing() {
        return STANDING;
    }

    private static Agent agent(String id, Agent.Path path) {
        return new Agent(id, new Source("agent", "build-" + id.charAt(id.length() - 1), ENV, id), path);
    }
}
