package io.spoor.runtime.kafka;

import io.spoor.runtime.Readiness;
import io.spoor.runtime.ReadinessCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;

/**
 * Ready while a broker answers. Kafka is asked at most every other second and by one request at a time, since anybody may
 * ask us; the others get the last answer.
 */
public final class KafkaReachable implements ReadinessCheck, AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int TIMEOUT_MS = 2_000;

    private final Admin admin;
    private final String bootstrap;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Readiness last = Readiness.notReady("not asked yet");
    private volatile Instant askedAt = Instant.EPOCH;

    public KafkaReachable(KafkaSettings settings, InstantSource clock) {
        Map<String, Object> properties = settings.clientProperties("spoor-ready");
        properties.put("default.api.timeout.ms", Integer.toString(TIMEOUT_MS));
        properties.put("request.timeout.ms", Integer.toString(TIMEOUT_MS));
        this.admin = Admin.create(properties);
        this.bootstrap = settings.bootstrap();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Readiness check() {
        if (clock.instant().isAfter(askedAt.plus(FRESH)) && asking.tryLock()) {
            try {
                last = ask();
                askedAt = clock.instant();
            } finally {
                asking.unlock();
            }
        }
        return last;
    }

    private Readiness ask() {
        try {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .size();
            return Readiness.ready(brokers + (brokers == 1 ? " broker" : " brokers"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Readiness.notReady("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            return Readiness.notReady("no broker answers at " + bootstrap);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
