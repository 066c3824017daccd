package io.spoor.app.broker;

import org.apache.kafka.common.utils.Exit;

/**
 * Kafka's way out. A server that can no longer write its log ends its process at once and without a word to the user;
 * here that end goes through Spoor while the embedded broker runs.
 */
final class KafkaExit {
    private KafkaExit() {}

    static void divertTo(Runnable onExit) {
        Exit.Procedure procedure = (status, message) -> {
            onExit.run();
            // Kafka's callers count on never getting here.
            throw new IllegalStateException("the embedded Kafka has stopped");
        };
        Exit.setExitProcedure(procedure);
        Exit.setHaltProcedure(procedure);
    }

    /** What Kafka does by default; its own reset methods install traps for tests instead. */
    static void restore() {
        Exit.setExitProcedure((status, message) -> System.exit(status));
        Exit.setHaltProcedure((status, message) -> Runtime.getRuntime().halt(status));
    }
}
