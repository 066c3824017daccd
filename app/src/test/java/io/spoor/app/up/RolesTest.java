package io.spoor.app.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.spoor.app.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesTest {
    private final List<String> events = new ArrayList<>();
    private final StringWriter err = new StringWriter();

    @Test
    void roles_start_in_order_and_close_in_reverse() {
        try (Progress progress = progress(Duration.ofHours(1));
                Roles roles = new Roles(List.of(role("a"), role("b")), progress)) {
            roles.start(() -> false);
        }
        assertThat(events).containsExactly("start a", "start b", "close b", "close a");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_start_that_fails_closes_what_was_started_itself_included() {
        assertThatThrownBy(() -> {
                    try (Progress progress = progress(Duration.ofHours(1));
                            Roles roles = new Roles(List.of(role("a"), role("b", "start b"), role("c")), progress)) {
                        roles.start(() -> false);
                    }
                })
                .isInstanceOf(Failure.class)
                .hasMessage("start b");
        assertThat(events).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void a_close_that_fails_does_not_keep_the_others_open() {
        assertThatThrownBy(() -> {
                    try (Progress progress = progress(Duration.ofHours(1));
                            Roles roles = new Roles(List.of(role("a", "close a"), role("b", "close b")), progress)) {
                        roles.start(() -> false);
                    }
                })
                .hasMessage("close b")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .hasToString(new Failure("close a").toString()));
        assertThat(events).containsExactly("start a", "start b", "close b", "close a");
    }

    @Test
    void nothing_more_is_started_once_the_user_wants_to_stop() {
        try (Progress progress = progress(Duration.ofHours(1));
                Roles roles = new Roles(List.of(role("a"), role("b")), progress)) {
            roles.start(() -> events.contains("start a"));
        }
        assertThat(events).containsExactly("start a", "close a");
    }

    @Test
    void only_what_takes_long_is_announced() {
        try (Progress progress = progress(Duration.ofMillis(10))) {
            progress.during(
                    "Starting it ...",
                    () -> await("the announcement").until(() -> err.toString().contains("Starting it ...")));
        }
        assertThat(err).hasToString("Starting it ..." + System.lineSeparator());
    }

    private Progress progress(Duration patience) {
        return new Progress(new PrintWriter(err, true), patience);
    }

    /** A role that notes what is done with it, and fails at the events named. */
    private Role role(String name, String... failing) {
        return new Role() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void start() {
                note("start " + name);
            }

            @Override
            public void close() {
                note("close " + name);
            }

            private void note(String event) {
                events.add(event);
                if (Set.of(failing).contains(event)) {
                    throw new Failure(event);
                }
            }
        };
    }
}
