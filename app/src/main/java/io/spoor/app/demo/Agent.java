package io.spoor.app.demo;

/**
 * A machine that runs jobs.
 *
 * @param id its {@code agentId}
 * @param source where its own output is shipped from
 * @param path by which ways its lines arrive
 */
record Agent(String id, Source source, Path path) {

    /** How an agent's lines reach a shipper. */
    enum Path {
        /** A systemd service of its own: on its stdout only. */
        NATIVE,
        /** Connected by WebSocket: on its stdout, and some of them again on the orchestrator's. */
        WEBSOCKET,
        /** Spawned in a container by the orchestrator's scaler: on the orchestrator's stdout only. */
        SCALER
    }
}
