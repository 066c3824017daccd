package io.spoor.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spoor.app.client.Client;
import io.spoor.app.client.FakeSpoor;
import io.spoor.app.client.Retry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DemoRunnerTest {

    @Test
    void stories_of_the_last_two_minutes_are_there_at_once() throws IOException {
        try (FakeSpoor spoor = new FakeSpoor().reply(202, "{}");
                DemoRunner demo = DemoRunner.start(
                        new Client(URI.create(spoor.url()), Retry.patient(), null, null),
                        InstantSource.system(),
                        1,
                        50)) {
            await("the past is sent")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> demo.requestIdToTry().isPresent());

            String id = demo.requestIdToTry().orElseThrow();
            assertThat(spoor.asked).anyMatch(asked -> asked.body().contains("\"requestId\":\"" + id + '"'));
            assertThat(demo.failure()).isEmpty();
        }
    }

    @Test
    void a_refusal_is_kept_and_not_thrown() throws IOException {
        try (FakeSpoor spoor = new FakeSpoor().reply(401, "{\"detail\":\"A token is needed\"}");
                DemoRunner demo = DemoRunner.start(
                        new Client(URI.create(spoor.url()), Retry.patient(), null, null),
                        InstantSource.system(),
                        1,
                        50)) {
            await("the failure is known")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> demo.failure().isPresent());

            assertThat(demo.failure()).hasValueSatisfying(why -> assertThat(why).startsWith("A token is needed."));
            assertThat(demo.requestIdToTry()).isEmpty();
        }
    }

    @Test
    void closing_ends_it_soon_even_while_the_server_is_away_and_twice_does_no_harm() throws IOException {
        String url;
        try (FakeSpoor spoor = new FakeSpoor().reply(202, "{}")) {
            url = spoor.url();
        }
        DemoRunner demo = DemoRunner.start(
                new Client(URI.create(url), Retry.patient(), null, null), InstantSource.system(), 1, 50);

        long start = System.nanoTime();
        demo.close();
        demo.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
}
