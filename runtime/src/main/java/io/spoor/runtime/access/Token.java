package io.spoor.runtime.access;

import io.spoor.runtime.Quoted;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of the tokens file, {@code NAME SCOPE[,SCOPE…] CREATED SHA256}. The secret itself is kept nowhere.
 *
 * @param name for people, unique in the file: 1 to 64 letters, digits, dots, dashes and underscores
 * @param scopes at least one
 * @param created to the second
 * @param sha256 of the secret's UTF-8 bytes, in lower-case hex
 */
public record Token(String name, Set<Scope> scopes, Instant created, String sha256) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Token {
        scopes = Set.copyOf(scopes);
        if (!isName(name)) {
            throw new IllegalArgumentException("\"" + Quoted.of(name)
                    + "\" is no name for a token; take letters, digits, dots and dashes, at most 64");
        }
        if (scopes.isEmpty()
                || scopes.contains(Scope.OPEN)
                || !SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("a token has scopes and the SHA-256 of its secret");
        }
    }

    /** A token and, for the only time, its secret. */
    public record Issued(Token token, String secret) {
        @Override
        public String toString() {
            return token.name();
        }
    }

    /** Makes a token with a new secret. */
    public static Issued issue(String name, Set<Scope> scopes, Instant now) {
        String secret = Secret.random(new SecureRandom());
        String hash = HexFormat.of().formatHex(Secret.sha256(secret));
        return new Issued(new Token(name, scopes, now.truncatedTo(ChronoUnit.SECONDS), hash), secret);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Reads scopes with commas between them.
     *
     * @throws IllegalArgumentException with a clause that says which ones there are
     */
    public static Set<Scope> scopes(Collection<String> words) {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : words) {
            scopes.add(Scope.ofWord(word)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "\"" + Quoted.of(word) + "\" is no scope; write ingest, read or admin")));
        }
        return scopes;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with a clause that says what is wrong and never quotes the hash
     */
    static Token ofLine(String line) {
        String[] parts = line.strip().split("\\s+", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("has " + parts.length + " words, not 4");
        }
        try {
            return new Token(parts[0], scopes(List.of(parts[1].split(",", -1))), Instant.parse(parts[2]), parts[3]);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + Quoted.of(parts[2]) + "\" is no time such as 2026-03-12T10:30:00Z");
        }
    }

    String line() {
        return String.join(" ", name, scopeWords(), created.toString(), sha256);
    }

    /** {@code ingest,read}. */
    public String scopeWords() {
        return new TreeSet<>(scopes).stream().map(Scope::word).collect(Collectors.joining(","));
    }

    /** Whether its holder may do what needs {@code needed}. */
    public boolean allows(Scope needed) {
        return needed == Scope.OPEN || scopes.stream().anyMatch(scope -> scope.covers(needed));
    }

    /** Takes the same time whatever the hash is. */
    boolean hasHash(byte[] hash) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), hash);
    }

    /** Without the hash: it belongs in the file alone. */
    @Override
    public String toString() {
        return name + " (" + scopeWords() + ")";
    }
}
