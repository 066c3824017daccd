package io.spoor.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaExitTest {
    @AfterEach
    void restore() {
        KafkaExit.restore();
    }

    @Test
    void kafka_cannot_end_the_process_behind_our_back() {
        AtomicInteger told = new AtomicInteger();
        KafkaExit.divertTo(told::incrementAndGet);
        assertThatIllegalStateException().isThrownBy(() -> Exit.halt(1));
        assertThatIllegalStateException().isThrownBy(() -> Exit.exit(1));
        assertThat(told).hasValue(2);
    }
}
