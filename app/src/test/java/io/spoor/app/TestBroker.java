package io.spoor.app;

import io.spoor.app.broker.DataDirectory;
import io.spoor.app.broker.EmbeddedBroker;
import io.spoor.runtime.settings.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The one Kafka of this JVM's tests, started when the first of them asks and stopped with the JVM.
 *
 * <p>Tests keep apart by names: each takes a {@link #freshPrefix()} for its topics, groups and application ids.
 */
public final class TestBroker {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private TestBroker() {}

    /** {@code HOST:PORT} for a client's {@code bootstrap.servers}. */
    public static String bootstrap() {
        return Holder.BROKER.address().toString();
    }

    /** A prefix that no other test of this JVM has, ending in a dot, such as {@code t3.}. */
    public static String freshPrefix() {
        return "t" + PREFIXES.incrementAndGet() + ".";
    }

    private static final class Holder {
        static final EmbeddedBroker BROKER = start();

        private static EmbeddedBroker start() {
            try {
                Path root = Files.createTempDirectory("spoor-test-broker");
                DataDirectory data = DataDirectory.open(root);
                EmbeddedBroker broker = EmbeddedBroker.start(
                        data, new Address("127.0.0.1", 0), sentence -> System.err.println(sentence));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    broker.close();
                    data.close();
                    delete(root);
                }));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path root) {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
