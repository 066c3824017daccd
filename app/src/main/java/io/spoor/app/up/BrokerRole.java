package io.spoor.app.up;

import io.spoor.app.broker.DataDirectory;
import io.spoor.app.broker.EmbeddedBroker;
import io.spoor.runtime.settings.Address;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The embedded Kafka. */
final class BrokerRole implements Role {
    private final DataDirectory data;
    private final Address listen;
    private final Consumer<String> onFailure;
    private @Nullable EmbeddedBroker broker;

    BrokerRole(DataDirectory data, Address listen, Consumer<String> onFailure) {
        this.data = data;
        this.listen = listen;
        this.onFailure = onFailure;
    }

    /** {@code HOST:PORT} for clients, known once the role has started. */
    String bootstrap() {
        if (broker == null) {
            throw new IllegalStateException("the broker has not started");
        }
        return broker.address().toString();
    }

    @Override
    public String name() {
        return "Kafka on " + listen;
    }

    @Override
    public void start() {
        broker = EmbeddedBroker.start(data, listen, onFailure);
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }
}
