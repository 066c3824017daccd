package io.spoor.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spoor.runtime.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-03-12T10:30:00Z");

    @TempDir
    Path directory;

    private long nanos;

    @Test
    void a_file_that_comes_later_counts_a_second_later() throws Exception {
        Tokens tokens = tokens();
        assertThat(tokens.isEmpty()).isTrue();
        Token.Issued issued = add("shipper", Scope.INGEST);
        assertThat(tokens.isEmpty()).as("not looked at again yet").isTrue();
        aSecondPasses();
        assertThat(tokens.isEmpty()).isFalse();
        assertThat(tokens.of(issued.secret())).contains(issued.token());
        assertThat(tokens.of(issued.secret() + "x")).isEmpty();
        assertThat(tokens.of("")).isEmpty();
    }

    @Test
    void a_revoked_token_counts_no_longer() throws Exception {
        Token.Issued first = add("first", Scope.READ);
        Token.Issued second = add("second", Scope.READ);
        Tokens tokens = tokens();
        assertThat(file().remove("first")).isTrue();
        assertThat(file().remove("first")).isFalse();
        aSecondPasses();
        assertThat(tokens.of(first.secret())).isEmpty();
        assertThat(tokens.of(second.secret())).isPresent();
    }

    @Test
    void a_broken_or_vanished_file_keeps_what_was_read_before() throws Exception {
        Token.Issued issued = add("shipper", Scope.INGEST);
        Tokens tokens = tokens();
        assertThat(tokens.check().detail()).isEqualTo("1 token");
        Files.writeString(path(), "half a li");
        aSecondPasses();
        assertThat(tokens.of(issued.secret())).isPresent();
        assertThat(tokens.check().ok()).isTrue();
        assertThat(tokens.check().detail()).contains("cannot be used");
        Files.delete(path());
        aSecondPasses();
        assertThat(tokens.of(issued.secret())).isPresent();
        add("another", Scope.READ);
        aSecondPasses();
        assertThat(tokens.check().detail()).isEqualTo("1 token");
        assertThat(tokens.of(issued.secret())).isEmpty();
    }

    @Test
    void a_broken_file_at_start_is_one_sentence_with_its_line() throws IOException {
        Files.writeString(path(), "\nname read yesterday abc\n");
        assertThatThrownBy(this::tokens)
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith(path() + ": 2: \"yesterday\" is no time");
        Files.write(path(), new byte[] {(byte) 0xff, 0, 1});
        assertThatThrownBy(this::tokens).isInstanceOf(CannotStart.class).hasMessageContaining("is not text");
    }

    @Test
    void a_name_is_taken_once() throws Exception {
        add("shipper", Scope.INGEST);
        assertThat(file().add(Token.issue("shipper", Set.of(Scope.READ), NOW).token()))
                .isFalse();
        Files.writeString(path(), Files.readString(path()) + Files.readString(path()));
        assertThatThrownBy(() -> file().read()).isInstanceOf(BrokenTokens.class).hasMessageContaining(": 2: the name");
    }

    @Test
    void the_file_is_for_its_owner_alone() throws Exception {
        add("shipper", Scope.INGEST);
        add("reader", Scope.READ);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void writers_take_turns() throws Exception {
        List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        synchronized (this) { // within one JVM a second lock on a file is refused, not waited for
                            add("writer-" + i, Scope.READ);
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);
        assertThat(file().read()).hasSize(8);
    }

    @Test
    void a_token_of_the_process_itself_leaves_no_trace_in_the_file() {
        Tokens tokens = tokens();
        String secret = tokens.issueOwn("demo", Scope.INGEST, NOW);
        assertThat(tokens.of(secret))
                .hasValueSatisfying(
                        token -> assertThat(token.allows(Scope.READ)).isFalse());
        assertThat(tokens.isEmpty()).isTrue();
        assertThat(path()).doesNotExist();
    }

    private Token.Issued add(String name, Scope scope) throws BrokenTokens, IOException {
        Token.Issued issued = Token.issue(name, Set.of(scope), NOW);
        assertThat(file().add(issued.token())).isTrue();
        return issued;
    }

    private void aSecondPasses() {
        nanos += 1_000_000_000L;
    }

    private Tokens tokens() {
        return new Tokens(file(), () -> nanos);
    }

    private TokensFile file() {
        return new TokensFile(path());
    }

    private Path path() {
        return directory.resolve("tokens");
    }
}
