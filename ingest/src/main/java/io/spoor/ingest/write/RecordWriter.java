package io.spoor.ingest.write;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.spoor.ingest.wire.Line;
import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.RefusedLine;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.wire.ShippedHeaders;
import io.spoor.model.LetterHeaders;
import io.spoor.model.Topics;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.meter.Meters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to Kafka. All lines of a shipment go to one partition of the raw topic, so that they keep their order, and
 * lines with equal times stay in source order; the next shipment goes to the next partition.
 *
 * <p>Safe for all threads; the producer and its buffer are shared. Closing waits a bounded time for what is under way.
 */
public final class RecordWriter implements LineSink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecordWriter.class);

    /** The most that a dead letter keeps of a line; of a longer one only the first {@link #EXCERPT} bytes are kept. */
    private static final int MAX_LETTER = 8 * 1024 * 1024;

    private static final int EXCERPT = 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final KafkaClientMetrics metrics;
    private final Topics topics;
    private final Duration ackTimeout;
    private final InstantSource clock;
    private final Pulse pulse = new Pulse(System::nanoTime);
    private final AtomicInteger turn = new AtomicInteger();

    RecordWriter(
            Producer<byte[], byte[]> producer,
            KafkaClientMetrics metrics,
            Topics topics,
            Duration ackTimeout,
            InstantSource clock) {
        this.producer = producer;
        this.metrics = metrics;
        this.topics = topics;
        this.ackTimeout = ackTimeout;
        this.clock = clock;
    }

    /**
     * Makes the producer; Kafka need not be up yet.
     *
     * @param ackTimeout within which Kafka must have acknowledged a record
     * @param bufferBytes that wait in memory to be sent
     */
    public static RecordWriter open(
            KafkaSettings kafka, Duration ackTimeout, long bufferBytes, Meters meters, InstantSource clock) {
        Map<String, Object> properties = kafka.clientProperties("spoor-ingest");
        long ackMillis = ackTimeout.toMillis();
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", "5");
        properties.put("batch.size", Integer.toString(256 * 1024));
        properties.put("buffer.memory", Long.toString(bufferBytes));
        // A full buffer, or a Kafka never seen, is the shipper's 503 within a second: it has the better buffer.
        properties.put("max.block.ms", "1000");
        properties.put("delivery.timeout.ms", Long.toString(ackMillis));
        properties.put("request.timeout.ms", Long.toString(Math.max(500, ackMillis / 2)));
        properties.put("max.request.size", Integer.toString(MAX_LETTER + EXCERPT));
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        return new RecordWriter(producer, meters.bind(producer), kafka.topics(), ackTimeout, clock);
    }

    @Override
    public void write(RawTopic topic, Shipment shipment) throws Unavailable {
        if (shipment.lines().isEmpty() && shipment.refused().isEmpty()) {
            return;
        }
        if (!pulse.admits()) {
            throw new Unavailable("Kafka does not answer.", null);
        }
        Acks acks = new Acks(pulse);
        try {
            sendLines(name(topic), shipment.lines(), acks);
            for (RefusedLine refused : shipment.refused()) {
                send(letter(refused), acks);
            }
        } catch (KafkaException | IllegalStateException e) {
            pulse.missed();
            throw new Unavailable("Kafka cannot be written to.", e);
        }
        acks.sentAll();
        try {
            acks.await(ackTimeout.plusSeconds(1));
        } catch (Unavailable e) {
            log.atDebug()
                    .setCause(e)
                    .addKeyValue("lines", shipment.lines().size())
                    .log("Shipment not acknowledged");
            throw e;
        }
    }

    @Override
    public void close() {
        metrics.close();
        producer.close(ackTimeout);
    }

    private void sendLines(String topic, List<Line> lines, Acks acks) {
        if (lines.isEmpty()) {
            return;
        }
        int partition = partition(topic);
        Map<String, String> last = Map.of();
        List<Header> headers = List.of();
        for (Line line : lines) {
            if (acks.failed()) {
                return;
            }
            if (line.headers() != last) {
                last = line.headers();
                headers = headers(last);
            }
            send(new ProducerRecord<>(topic, partition, null, null, line.bytes(), headers), acks);
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, Acks acks) {
        acks.sending();
        // The callback hears of every failure, those before the first byte is sent too.
        Future<?> unused = producer.send(record, acks);
    }

    /** The next partition in turn, of those that have a leader if there are any. */
    private int partition(String topic) {
        List<PartitionInfo> all = producer.partitionsFor(topic);
        List<PartitionInfo> led = all.stream().filter(p -> p.leader() != null).toList();
        List<PartitionInfo> choice = led.isEmpty() ? all : led;
        return choice.get(Math.floorMod(turn.getAndIncrement(), choice.size())).partition();
    }

    private String name(RawTopic topic) {
        return switch (topic) {
            case LOGS -> topics.logsRaw();
            case EVENTS -> topics.eventsRaw();
            case METRICS -> topics.metricsRaw();
        };
    }

    private ProducerRecord<byte[], byte[]> letter(RefusedLine refused) {
        Line line = refused.line();
        Map<String, String> headers = new HashMap<>(line.headers());
        headers.put(LetterHeaders.REASON, refused.reason());
        headers.put(LetterHeaders.DETAIL, refused.detail());
        headers.put(LetterHeaders.ORIGIN, "door/" + headers.get(ShippedHeaders.VIA));
        headers.put(LetterHeaders.ARRIVED, Long.toString(clock.millis()));
        headers.put(LetterHeaders.ATTEMPTS, "1");
        byte[] bytes = line.length() <= MAX_LETTER ? line.bytes() : line.bytes(EXCERPT);
        if (bytes.length < line.length()) {
            headers.put(LetterHeaders.CUT_FROM, Integer.toString(line.length()));
        }
        return new ProducerRecord<>(topics.deadLetters(), null, null, letterId(bytes), bytes, headers(headers));
    }

    /** From the bytes, so that a shipment that is repeated leaves one letter in the compacted topic. */
    private static byte[] letterId(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return ("door-" + HexFormat.of().formatHex(hash, 0, 16)).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Header> headers(Map<String, String> headers) {
        List<Header> list = new ArrayList<>(headers.size());
        headers.forEach((name, value) -> list.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return list;
    }
}
