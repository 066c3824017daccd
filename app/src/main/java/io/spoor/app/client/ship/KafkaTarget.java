package io.spoor.app.client.ship;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.app.client.Labels;
import io.spoor.app.client.Retry;
import io.spoor.app.client.SafeText;
import io.spoor.ingest.wire.ShippedHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The raw topic itself, a line a record, labelled as Spoor's own doors do it. A batch goes to one partition, so that its
 * lines keep their order; the next one to the next partition. What is not acknowledged is sent again with its whole batch.
 */
final class KafkaTarget implements Target {

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(20);

    private final Producer<byte[], byte[]> producer;
    private final String brokers;
    private final String topic;
    private final String via;
    private final Retry retry;
    private int turn;

    KafkaTarget(Producer<byte[], byte[]> producer, String brokers, String topic, String via, Retry retry) {
        this.producer = producer;
        this.brokers = brokers;
        this.topic = topic;
        this.via = via;
        this.retry = retry;
    }

    /**
     * Kafka need not be up yet.
     *
     * @param via where the lines come from, {@code file} or {@code stdin}
     */
    static KafkaTarget open(String brokers, String topic, String via, Retry retry) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", brokers);
        properties.put("client.id", "spoor-ship");
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", "5");
        properties.put("batch.size", Integer.toString(256 << 10));
        properties.put("max.block.ms", "5000");
        properties.put("request.timeout.ms", "10000");
        properties.put("delivery.timeout.ms", Long.toString(ACKNOWLEDGED_WITHIN.toMillis()));
        properties.put("max.request.size", Integer.toString(LineBatches.MAX_LINE + (1 << 20)));
        try {
            return new KafkaTarget(
                    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                    brokers,
                    topic,
                    via,
                    retry);
        } catch (KafkaException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--kafka " + brokers + " is no address of a broker; write one such as 127.0.0.1:9092.",
                    e);
        }
    }

    @Override
    public Receipt deliver(Batch batch, Labels labels) {
        List<Header> headers = headers(labels);
        Duration waited = Duration.ZERO;
        for (int failed = 1; ; failed++) {
            try {
                return send(batch, headers);
            } catch (RetriableException e) {
                Duration wait = retry.after(failed, waited, null);
                if (wait == null) {
                    throw new Failure(
                            ExitCode.INCOMPLETE,
                            "No broker acknowledged at " + brokers + ". Is it up, is there a topic " + topic
                                    + ", and is advertised.listeners reachable from here?",
                            e);
                }
                pause(wait);
                waited = waited.plus(wait);
            } catch (InterruptException e) {
                throw new Failure("Interrupted.", e);
            } catch (KafkaException e) {
                throw new Failure(
                        "Kafka at " + brokers + " refuses records for " + topic + ": "
                                + SafeText.quoted(String.valueOf(e.getMessage())),
                        e);
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    private void pause(Duration wait) {
        try {
            retry.pause().of(wait);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Receipt send(Batch batch, List<Header> headers) {
        int partitions = producer.partitionsFor(topic).size();
        int partition = Math.floorMod(turn++, partitions);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < batch.lines(); i++) {
            if (!batch.isBlank(i)) {
                byte[] value = Arrays.copyOfRange(batch.buffer(), batch.lineStart(i), batch.lineEnd(i));
                sent.add(producer.send(new ProducerRecord<>(topic, partition, null, null, value, headers)));
                lines.add(i);
            }
        }
        producer.flush();
        List<Receipt.Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (isTooLarge(sent.get(i))) {
                long line = batch.lineNumber(lines.get(i));
                refusals.add(new Receipt.Refusal(line, line, 1, "line_too_large (for the topic's max.message.bytes)"));
            }
        }
        return new Receipt(sent.size() - refusals.size(), batch.lines() - sent.size(), refusals, 0);
    }

    /** Whether the line will never be taken; false when it is safe. */
    private static boolean isTooLarge(Future<RecordMetadata> sent) {
        try {
            sent.get();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return true;
            }
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private List<Header> headers(Labels labels) {
        List<Header> headers = new ArrayList<>();
        labels.values().forEach((name, value) -> headers.add(header("spoor." + name, value)));
        headers.add(header(ShippedHeaders.VIA, via));
        return headers;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
