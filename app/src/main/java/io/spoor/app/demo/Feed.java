package io.spoor.app.demo;

import io.spoor.app.Failure;
import io.spoor.app.client.Client;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends made traffic as it falls due, one body a source, and tells the truth what was acknowledged. */
final class Feed {

    private static final int MOST_LINES_AT_ONCE = 2_000;

    private final Client client;
    private final DemoTraffic traffic;
    private final Truth truth;
    private final long untilMillis;
    private DemoLine head;
    private long sent;

    /** @param untilMillis the first moment whose lines are not sent */
    Feed(Client client, DemoTraffic traffic, Truth truth, long untilMillis) {
        this.client = client;
        this.traffic = traffic;
        this.truth = truth;
        this.untilMillis = untilMillis;
        this.head = traffic.next();
    }

    boolean isOver() {
        return head.atMillis() >= untilMillis;
    }

    long sent() {
        return sent;
    }

    /** Sends what is due; {@link Failure} when Spoor does not take it. */
    void sendDue(InstantSource clock) {
        while (!isOver() && head.atMillis() <= clock.millis()) {
            List<DemoLine> lines = new ArrayList<>();
            while (!isOver() && head.atMillis() <= clock.millis() && lines.size() < MOST_LINES_AT_ONCE) {
                lines.add(head);
                head = traffic.next();
            }
            send(lines);
        }
    }

    private void send(List<DemoLine> lines) {
        Map<Source, ByteArrayOutputStream> bodies = new LinkedHashMap<>();
        for (DemoLine line : lines) {
            ByteArrayOutputStream body = bodies.computeIfAbsent(line.source(), source -> new ByteArrayOutputStream());
            body.writeBytes(line.text().getBytes(StandardCharsets.UTF_8));
            body.write('\n');
        }
        bodies.forEach((source, body) -> {
            byte[] bytes = body.toByteArray();
            String contentType = bytes[0] == '[' ? "text/plain" : "application/x-ndjson";
            Client.Answer answer = client.post(source.labels().path(), contentType, bytes, bytes.length);
            if (!answer.ok()) {
                throw new Failure(answer.problem());
            }
        });
        lines.forEach(truth::accept);
        sent += lines.size();
    }
}
