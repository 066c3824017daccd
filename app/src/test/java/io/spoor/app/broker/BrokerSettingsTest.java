package io.spoor.app.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.spoor.runtime.settings.Address;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
    @Test
    void kafka_knows_every_setting() {
        Address address = new Address("127.0.0.1", 9092);
        Properties settings = BrokerSettings.of(1, Path.of("kafka"), address, address, address);
        assertThat(KafkaConfig.configNames().contains("log.dirs")).isTrue();
        assertThat(settings.stringPropertyNames())
                .allSatisfy(name -> assertThat(KafkaConfig.configNames().contains(name))
                        .as(name)
                        .isTrue());
    }
}
