package io.spoor.app.client.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PipeTest {

    @Test
    void what_is_there_is_delivered_before_the_stream_ends() throws IOException {
        PipedOutputStream writer = new PipedOutputStream();
        try (PipedInputStream in = new PipedInputStream(writer)) {
            writer.write("{\"n\":1}\nhalf".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            Pipe pipe = Pipe.from(in, () -> false);
            LineBatches batches = new LineBatches(pipe, 1, true, LineBatches.AtEnd.TAKE_ALL, pipe);

            assertThat(batches.next())
                    .isNotNull()
                    .satisfies(batch -> assertThat(batch.bytes()).isEqualTo(8));
            writer.write(" a line".getBytes(StandardCharsets.UTF_8));
            writer.close();
            assertThat(batches.next())
                    .isNotNull()
                    .satisfies(batch -> assertThat(batch.bytes()).isEqualTo(11));
            assertThat(batches.next()).isNull();
        }
    }

    @Test
    void a_writer_that_is_faster_waits() {
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                read.addAndGet(length);
                return length;
            }
        };
        AtomicInteger stopped = new AtomicInteger();
        Pipe.from(endless, () -> stopped.get() > 0);

        Awaitility.await("the pipe is full").until(() -> read.get() >= 8 * (64 << 10));
        Awaitility.await("nobody reads, so nothing more is read ahead")
                .during(Duration.ofMillis(200))
                .until(() -> read.get() <= 9 * (64 << 10));
        stopped.set(1);
    }

    @Test
    void told_to_stop_it_ends_with_what_was_read() throws IOException {
        try (PipedOutputStream writer = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(writer)) {
            Pipe pipe = Pipe.from(in, () -> true);

            assertThat(pipe.read()).isEqualTo(-1);
        }
    }
}
