package io.spoor.runtime.access;

import io.spoor.runtime.CannotStart;
import io.spoor.runtime.Readiness;
import io.spoor.runtime.ReadinessCheck;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that count at present. The file is looked at again at most once a second, when somebody asks; what was read last
 * without a fault goes on counting while the file is broken or gone, so that a slip in it neither locks everybody out nor
 * opens the door.
 */
public final class Tokens implements ReadinessCheck {
    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final @Nullable TokensFile file;
    private final LongSupplier nanos;
    private final AtomicLong lookedAt;
    private final List<Token> own = new CopyOnWriteArrayList<>();
    private volatile State state;

    /**
     * What was found.
     *
     * @param fault why the tokens are not those of this version; {@code null} when they are
     */
    private record State(
            FileVersion version,
            List<Token> tokens,
            @Nullable String fault) {}

    Tokens(@Nullable TokensFile file, LongSupplier nanos) {
        this.file = file;
        this.nanos = nanos;
        this.lookedAt = new AtomicLong(nanos.getAsLong());
        this.state = first(file);
    }

    /** No file, and so no token, ever. */
    public static Tokens none() {
        return new Tokens(null, () -> 0);
    }

    /**
     * Those of a file, which may come later.
     *
     * @throws CannotStart when it is there and broken
     */
    public static Tokens of(Path file) {
        return new Tokens(new TokensFile(file), System::nanoTime);
    }

    private static State first(@Nullable TokensFile file) {
        if (file == null) {
            return new State(FileVersion.of(Path.of("")), List.of(), null);
        }
        FileVersion version = FileVersion.of(file.path());
        try {
            return new State(version, file.read(), null);
        } catch (BrokenTokens e) {
            throw new CannotStart(e.sentence(), e);
        }
    }

    /** A token of this process alone, for what it sends to itself; it is gone with the process. */
    public String issueOwn(String name, Scope scope, Instant now) {
        Token.Issued issued = Token.issue(name, Set.of(scope), now);
        own.add(issued.token());
        return issued.secret();
    }

    /** Whether nobody holds a token. */
    public boolean isEmpty() {
        return current().tokens().isEmpty();
    }

    /** Whose secret this is. The time that it takes says nothing about any secret. */
    public Optional<Token> of(String secret) {
        byte[] hash = Secret.sha256(secret);
        Token found = found(own, hash, null);
        return Optional.ofNullable(found(current().tokens(), hash, found));
    }

    private static @Nullable Token found(List<Token> tokens, byte[] hash, @Nullable Token before) {
        Token found = before;
        for (Token token : tokens) {
            if (token.hasHash(hash)) {
                found = token;
            }
        }
        return found;
    }

    private State current() {
        long now = nanos.getAsLong();
        long last = lookedAt.get();
        if (file != null && now - last >= LOOK_AGAIN_NANOS && lookedAt.compareAndSet(last, now)) {
            state = look(file, state);
        }
        return state;
    }

    private static State look(TokensFile file, State before) {
        FileVersion version = FileVersion.of(file.path());
        if (version.equals(before.version())) {
            return before;
        }
        if (version.isAbsent()) {
            return broken(version, before, "The tokens file " + file + " is gone.");
        }
        try {
            List<Token> tokens = file.read();
            log.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("tokens", tokens.size())
                    .log("Read the tokens again");
            return new State(version, tokens, null);
        } catch (BrokenTokens e) {
            return broken(version, before, e.sentence());
        }
    }

    private static State broken(FileVersion version, State before, String sentence) {
        log.atWarn()
                .addKeyValue("reason", sentence)
                .addKeyValue("tokens", before.tokens().size())
                .log("The tokens file cannot be used; those read before go on counting");
        return new State(version, before.tokens(), sentence);
    }

    @Override
    public String name() {
        return "tokens";
    }

    /** Always ready: with a broken file the tokens read before count. */
    @Override
    public Readiness check() {
        State now = current();
        String detail = now.tokens().size() + (now.tokens().size() == 1 ? " token" : " tokens");
        // No path or line here: /ready is open to all, and the log has them.
        return Readiness.ready(now.fault() == null ? detail : detail + " read before; the file cannot be used now");
    }
}
