package io.spoor.app.demo;

import io.spoor.app.client.Labels;
import java.util.Map;

/** A process whose output a shipper ships, by the shipper's labels. */
public record Source(String service, String host, String env, String instance) {

    Labels labels() {
        return new Labels(Map.of("service", service, "host", host, "env", env, "instance", instance));
    }
}
