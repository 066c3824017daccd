package io.spoor.ingest.door;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spoor.ingest.wire.RefusedLine;
import io.spoor.ingest.wire.Shipment;
import io.spoor.runtime.meter.Meters;
import java.time.Duration;

/** What one door took and refused. */
final class DoorMeters {
    private final Counter lines;
    private final Counter bytes;
    private final Counter blank;
    private final String door;
    private final MeterRegistry registry;
    private final Timer timer;

    DoorMeters(String door, MeterRegistry registry) {
        this.door = door;
        this.registry = registry;
        lines = Counter.builder("spoor.ingest.lines").tag("door", door).register(registry);
        bytes = Counter.builder("spoor.ingest")
                .baseUnit("bytes")
                .tag("door", door)
                .register(registry);
        blank = Counter.builder("spoor.ingest.blank.lines").tag("door", door).register(registry);
        for (String reason : RefusedLine.REASONS) {
            refused(reason);
        }
        timer = Meters.timer("spoor.ingest.requests").tag("door", door).register(registry);
    }

    /** Counts a shipment that is acknowledged, {@code nanos} after its request began. */
    void took(Shipment shipment, long nanos) {
        lines.increment(shipment.count());
        bytes.increment((double) shipment.bytes());
        blank.increment(shipment.blank());
        for (RefusedLine line : shipment.refused()) {
            refused(line.reason()).increment();
        }
        timer.record(Duration.ofNanos(nanos));
    }

    private Counter refused(String reason) {
        return Counter.builder("spoor.ingest.rejected.lines")
                .tag("door", door)
                .tag("reason", reason)
                .register(registry);
    }
}
