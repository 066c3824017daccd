package io.spoor.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    private static final Instant NOW = Instant.parse("2026-03-12T10:30:00.123Z");

    @Test
    void admin_includes_the_others_and_ingest_does_not_include_read() {
        assertThat(token(Scope.ADMIN).allows(Scope.READ)).isTrue();
        assertThat(token(Scope.ADMIN).allows(Scope.INGEST)).isTrue();
        assertThat(token(Scope.INGEST).allows(Scope.READ)).isFalse();
        assertThat(token(Scope.READ).allows(Scope.INGEST)).isFalse();
        assertThat(token(Scope.INGEST, Scope.READ).allows(Scope.ADMIN)).isFalse();
        assertThat(token(Scope.INGEST).allows(Scope.OPEN)).isTrue();
    }

    @Test
    void a_secret_has_160_random_bits_and_is_kept_only_as_its_hash() {
        Token.Issued one = Token.issue("shipper", Set.of(Scope.INGEST), NOW);
        assertThat(one.secret()).matches("spoor_[a-z2-7]{32}");
        assertThat(Token.issue("shipper", Set.of(Scope.INGEST), NOW).secret()).isNotEqualTo(one.secret());
        assertThat(one.token().line())
                .matches("shipper ingest 2026-03-12T10:30:00Z [0-9a-f]{64}")
                .doesNotContain(one.secret());
        assertThat(one + " " + one.token())
                .doesNotContain(one.secret(), one.token().sha256());
    }

    @Test
    void a_line_is_read_as_it_is_written() {
        Token token = token(Scope.INGEST, Scope.READ);
        assertThat(token.line()).contains(" ingest,read ");
        assertThat(Token.ofLine(token.line())).isEqualTo(token);
    }

    @Test
    void the_hash_is_that_of_sha256sum() {
        Token token = Token.ofLine(
                "a read 2026-03-12T10:30:00Z" + " 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b");
        assertThat(token.hasHash(Secret.sha256("secret"))).isTrue();
        assertThat(token.hasHash(Secret.sha256("Secret"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name read 2026-03-12T10:30:00Z",
                "name read yesterday 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
                "name write 2026-03-12T10:30:00Z 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
                "name open 2026-03-12T10:30:00Z 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
                "na/me read 2026-03-12T10:30:00Z 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
                "name read 2026-03-12T10:30:00Z 2bb80d",
                "name read 2026-03-12T10:30:00Z 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b more"
            })
    void a_wrong_line_is_refused_without_showing_its_hash(String line) {
        assertThatThrownBy(() -> Token.ofLine(line))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("2bb80d");
    }

    private static Token token(Scope... scopes) {
        return Token.issue("any", Set.copyOf(List.of(scopes)), NOW).token();
    }
}
