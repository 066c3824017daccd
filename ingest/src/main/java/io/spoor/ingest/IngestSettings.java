package io.spoor.ingest;

import io.spoor.ingest.door.RateLimit;
import io.spoor.ingest.wire.LineLimits;
import io.spoor.runtime.settings.SettingsReader;
import java.time.Duration;

/**
 * How much is taken at once, and how long Kafka may take.
 *
 * @param maxBody bytes of a body as sent
 * @param maxInflated bytes of a body after decompression
 * @param maxInFlight bytes that all requests together hold in memory
 * @param maxLines of one request
 * @param maxLine bytes of one line
 * @param ackTimeout within which Kafka acknowledges
 * @param buffer bytes that wait to be sent to Kafka
 * @param clientRate bytes a second that one client may send on average
 * @param clientBurst bytes that one client may send at once
 * @param exemptLoopback whether clients on this machine may send what they like
 */
public record IngestSettings(
        long maxBody,
        long maxInflated,
        long maxInFlight,
        int maxLines,
        int maxLine,
        Duration ackTimeout,
        long buffer,
        long clientRate,
        long clientBurst,
        boolean exemptLoopback) {
    private static final long MIB = 1024 * 1024;

    public static IngestSettings from(SettingsReader reader) {
        return new IngestSettings(
                reader.size("spoor.ingest.http.max-body", 1024, 1024 * MIB),
                reader.size("spoor.ingest.http.max-inflated", 1024, 1024 * MIB),
                reader.size("spoor.ingest.http.max-in-flight", MIB, 1024 * 1024 * MIB),
                reader.integer("spoor.ingest.max-lines", 1, 10_000_000),
                (int) reader.size("spoor.ingest.max-line", 1024, 8 * MIB),
                reader.duration("spoor.ingest.ack-timeout", Duration.ofSeconds(1), Duration.ofMinutes(5)),
                reader.size("spoor.ingest.buffer", MIB, 1024 * MIB),
                reader.size("spoor.ingest.rate-limit.bytes-per-second", 1024, 1024 * 1024 * MIB),
                reader.size("spoor.ingest.rate-limit.burst", 1024, 1024 * 1024 * MIB),
                reader.flag("spoor.ingest.rate-limit.exempt-loopback"));
    }

    RateLimit rateLimit() {
        return new RateLimit(clientRate, clientBurst, exemptLoopback, System::nanoTime);
    }

    LineLimits lineLimits() {
        return new LineLimits(maxLines, maxLine);
    }
}
