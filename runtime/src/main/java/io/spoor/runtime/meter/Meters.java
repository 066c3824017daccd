package io.spoor.runtime.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The one meter registry of a process; whoever makes it closes it, after everything that measures.
 *
 * <p>Own meters are named {@code spoor.<what>}, their tags hold no ids and no text of users, and a tag's known values are
 * registered at start so that they begin at 0. The binders' meters keep their usual names ({@code jvm_}, {@code process_},
 * {@code kafka_}).
 */
public final class Meters implements AutoCloseable {
    private static final Duration[] LATENCIES =
            List.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    public Meters() {
        List<MeterBinder> binders = List.of(
                gc,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new JvmInfoMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Measures a producer until the returned one is closed, which its owner does before closing the producer. */
    public KafkaClientMetrics bind(Producer<?, ?> producer) {
        return bound(new KafkaClientMetrics(producer));
    }

    /** Measures a consumer until the returned one is closed, which its owner does before closing the consumer. */
    public KafkaClientMetrics bind(Consumer<?, ?> consumer) {
        return bound(new KafkaClientMetrics(consumer));
    }

    /** A timer with the buckets that all of Spoor's timers have: 1 ms to 10 s. */
    public static Timer.Builder timer(String name) {
        return Timer.builder(name).serviceLevelObjectives(LATENCIES);
    }

    /** Writes all meters in the given media type: the Prometheus text format or OpenMetrics. */
    public void scrape(OutputStream out, String mediaType) throws IOException {
        registry.scrape(out, mediaType);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private KafkaClientMetrics bound(KafkaClientMetrics metrics) {
        metrics.bindTo(registry);
        return metrics;
    }
}
