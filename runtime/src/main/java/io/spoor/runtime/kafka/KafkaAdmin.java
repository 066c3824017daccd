package io.spoor.runtime.kafka;

import io.spoor.runtime.CannotStart;
import io.spoor.runtime.Quoted;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** An admin client that waits for a broker as long as a start may take, and tells failures as sentences. */
final class KafkaAdmin implements AutoCloseable {
    private final KafkaSettings settings;
    private final Admin admin;

    /** @throws CannotStart when the addresses or the client's settings cannot be used */
    KafkaAdmin(KafkaSettings settings) {
        this.settings = settings;
        Map<String, Object> properties = settings.clientProperties("spoor-admin");
        String timeout = Long.toString(settings.startTimeout().toMillis());
        properties.put("default.api.timeout.ms", timeout);
        // A request may not take longer than all tries together; Kafka's own default is 30 s.
        properties.put(
                "request.timeout.ms",
                Long.toString(Math.min(30_000, settings.startTimeout().toMillis())));
        try {
            admin = Admin.create(properties);
        } catch (KafkaException e) {
            throw new CannotStart(
                    "The Kafka client cannot be made for " + Quoted.of(settings.bootstrap()) + ": " + rootMessage(e)
                            + ". Check spoor.kafka.bootstrap and spoor.kafka.client.",
                    e);
        }
    }

    Admin client() {
        return admin;
    }

    /**
     * The answer.
     *
     * @throws CannotStart when no broker answers, or none lets us in
     * @throws ExecutionException with any other cause
     */
    <T> T await(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for Kafka at " + Quoted.of(settings.bootstrap()) + ".", e);
        } catch (ExecutionException e) {
            String where = Quoted.of(settings.bootstrap());
            if (e.getCause() instanceof TimeoutException) {
                throw new CannotStart(
                        "No broker answered at " + where + " within "
                                + settings.startTimeout().toSeconds()
                                + " s. Is it up, and is advertised.listeners reachable from here?",
                        e);
            }
            if (e.getCause() instanceof AuthenticationException) {
                throw new CannotStart(
                        "Kafka at " + where + " did not accept our credentials: " + rootMessage(e)
                                + ". Check spoor.kafka.client.",
                        e);
            }
            if (e.getCause() instanceof AuthorizationException) {
                throw new CannotStart(
                        "Kafka at " + where + " does not let us look at or create topics: " + rootMessage(e) + ".", e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Quoted.of(String.valueOf(root.getMessage())).replaceAll("\\.$", "");
    }
}
