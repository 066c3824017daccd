package io.spoor.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7070, 127.0.0.1, 7070",
        "kafka-1.example.org:9092, kafka-1.example.org, 9092",
        "[::1]:0, ::1, 0",
        "[::ffff:127.0.0.1]:65535, ::ffff:127.0.0.1, 65535"
    })
    void an_address_is_read_and_written_in_the_same_form(String text, String host, int port) {
        assertThat(Address.parse(text)).isEqualTo(new Address(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "7070",
                ":7070",
                "host",
                "host:",
                "host:x",
                "host:-1",
                "host:65536",
                "host:99999999999",
                "::1:9092",
                "[::1]",
                "[]:1",
                "a b:1",
                "http://host:1",
                "host:1/",
                "host:1\n",
                "host:١"
            })
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(text));
    }

    @Test
    void only_loopback_addresses_are_loopback() {
        assertThat(new Address("127.0.0.1", 1).isLoopback()).isTrue();
        assertThat(new Address("localhost", 1).isLoopback()).isTrue();
        assertThat(new Address("::1", 1).isLoopback()).isTrue();
        assertThat(new Address("0.0.0.0", 1).isLoopback()).isFalse();
        assertThat(new Address("192.0.2.1", 1).isLoopback()).isFalse();
        assertThat(new Address("no-such-host.invalid", 1).isLoopback()).isFalse();
    }

    @Test
    void the_wildcard_is_told_from_a_real_address() {
        assertThat(new Address("0.0.0.0", 1).isWildcard()).isTrue();
        assertThat(new Address("::", 1).isWildcard()).isTrue();
        assertThat(new Address("127.0.0.1", 1).isWildcard()).isFalse();
    }
}
