package io.spoor.runtime.access;

import io.spoor.runtime.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokens on disk, a {@link Token} a line in the order of their making; only the owner may read or write it. It is replaced
 * as a whole, so that a reader sees the old one or the new one, and writers take turns.
 */
public final class TokensFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    public TokensFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /**
     * What the file holds; nothing when there is none.
     *
     * @throws BrokenTokens when it cannot be read or a line is wrong
     */
    public List<Token> read() throws BrokenTokens {
        List<String> lines;
        try {
            lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (CharacterCodingException e) {
            throw new BrokenTokens("The tokens file " + this + " is not text.", e);
        } catch (IOException e) {
            throw new BrokenTokens(
                    "The tokens file " + this + " cannot be read (" + reason(e) + "). Let this user read it.", e);
        }
        List<Token> tokens = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            try {
                Token token = Token.ofLine(lines.get(i));
                if (!names.add(token.name())) {
                    throw new IllegalArgumentException("the name " + token.name() + " is taken twice");
                }
                tokens.add(token);
            } catch (IllegalArgumentException e) {
                throw new BrokenTokens(
                        this + ": " + (i + 1) + ": " + e.getMessage()
                                + "; a line is NAME SCOPES CREATED SHA256, as `spoor token create` writes it.",
                        e);
            }
        }
        return List.copyOf(tokens);
    }

    /**
     * Adds a token; the file and its directory are made when there are none.
     *
     * @return false, and nothing is changed, when there is a token of that name
     */
    public boolean add(Token token) throws BrokenTokens, IOException {
        try (FileChannel turn = turn()) {
            List<Token> tokens = new ArrayList<>(read());
            if (tokens.stream().anyMatch(other -> other.name().equals(token.name()))) {
                return false;
            }
            tokens.add(token);
            write(tokens);
            return turn.isOpen();
        }
    }

    /** Removes the token of that name; false when there is none. */
    public boolean remove(String name) throws BrokenTokens, IOException {
        try (FileChannel turn = turn()) {
            List<Token> tokens = new ArrayList<>(read());
            if (!tokens.removeIf(token -> token.name().equals(name))) {
                return false;
            }
            write(tokens);
            return turn.isOpen();
        }
    }

    Path path() {
        return path;
    }

    /** Held until it is closed; a lock of its own, because the file that holds the tokens is replaced. */
    private FileChannel turn() throws IOException {
        Files.createDirectories(directory());
        FileChannel lock = FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock.lock();
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void write(List<Token> tokens) throws IOException {
        Path draft = beside(".draft");
        Files.deleteIfExists(draft);
        byte[] bytes = tokens.stream()
                .map(token -> token.line() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        // The permissions come with the file, not after it: nobody else can have opened it before.
        try (FileChannel out =
                FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private Path beside(String ending) {
        return directory().resolve(path.getFileName() + ending);
    }

    private Path directory() {
        Path parent = path.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** Why the system refused, in its words. */
    public static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : Quoted.of(reason);
    }

    @Override
    public String toString() {
        return Quoted.of(path.toString());
    }
}
