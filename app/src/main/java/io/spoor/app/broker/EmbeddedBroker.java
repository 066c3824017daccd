package io.spoor.app.broker;

import io.spoor.app.Failure;
import io.spoor.runtime.settings.Address;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka in this process: broker and controller in one node (KRaft combined mode), its log in the data directory.
 *
 * <p>Clients reach it by TCP at {@link #address()}, as they would any other Kafka. What it has acknowledged is in the
 * page cache and so survives a {@code kill -9} of the process; the next start recovers the log. It does not survive a
 * power cut within the seconds before the system writes the cache back.
 *
 * <p>One at a time in a process: Kafka keeps its exit procedures and some meters in statics, and they are this
 * broker's while it runs. The process speaks {@link Locale#ROOT} from its first start on.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final KafkaRaftServer server;
    private final Address address;

    private EmbeddedBroker(KafkaRaftServer server, Address address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts the broker, on the log that is there or on a new one, and returns when it answers.
     *
     * @param listen where clients connect; port 0 takes a free one
     * @param onFailure told, in a sentence, that the running broker has to stop for good, as when its disk is full; it
     *     should end the process, because the server is in no state to be closed
     * @throws Failure if the port is taken or the log cannot be used
     */
    public static EmbeddedBroker start(DataDirectory data, Address listen, Consumer<String> onFailure) {
        // Kafka's server upper-cases names in the default locale; in a Turkish one it finds no group type "CLASSİC".
        Locale.setDefault(Locale.ROOT);
        Path directory = data.kafka();
        if (directory.toString().indexOf(',') >= 0) {
            throw new Failure("Kafka cannot keep its log in " + directory
                    + ": it takes the comma for the end of the name. Choose another directory with --data.");
        }
        Address address = Ports.free(listen);
        // The controller talks to nobody but the broker beside it, so its port need not be the same from start to
        // start: with a static quorum the voter's address is a setting, not a part of the stored state.
        Address controller = Ports.free(new Address("127.0.0.1", 0));
        Properties settings = BrokerSettings.of(NODE_ID, directory, address, Ports.reachable(address), controller);
        KafkaExit.divertTo(() -> onFailure.accept(stopped(directory)));
        try {
            format(directory);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            try {
                server.startup();
            } catch (Exception e) {
                server.shutdown();
                throw e;
            }
            return new EmbeddedBroker(server, address);
        } catch (Exception e) {
            KafkaExit.restore();
            throw new Failure(
                    "The embedded Kafka could not start on " + address + " with its log in " + directory + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Where clients connect, with the port that was really taken. */
    public Address address() {
        return address;
    }

    /**
     * Stops the broker and marks its log as clean. Should Kafka not be done within ten seconds, it is left behind; its
     * next start then recovers the log as after a crash, without loss.
     */
    @Override
    public void close() {
        Thread closing = new Thread(
                () -> {
                    server.shutdown();
                    server.awaitShutdown();
                },
                "spoor-broker-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        KafkaExit.restore();
    }

    /** Gives a new directory its cluster id; {@code meta.properties} is the last file that the formatter writes. */
    private static void format(Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .run();
    }

    private static String stopped(Path directory) {
        return "The embedded Kafka has stopped because it cannot write its log in " + directory + ", where "
                + directory.toFile().getUsableSpace() / (1 << 20)
                + " MiB are free. Nothing acknowledged is lost; start again when that is mended.";
    }
}
