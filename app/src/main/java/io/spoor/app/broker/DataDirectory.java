package io.spoor.app.broker;

import io.spoor.app.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that one Spoor process keeps everything in, held by a lock while it is open.
 *
 * <pre>
 * VERSION   "spoor-data 1": the layout below
 * lock      locked by the running process; its content is of no meaning
 * kafka/    the embedded broker's log
 * state/    the state stores
 * </pre>
 *
 * <p>The lock is the operating system's, so it ends with the process, {@code kill -9} included.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String FORMAT = "spoor-data 1";
    private static final String VERSION = "VERSION";
    private static final String VERSION_DRAFT = "VERSION.tmp";
    private static final String LOCK = "lock";

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens the directory, made new if it is absent or empty.
     *
     * @throws Failure if it cannot be written, belongs to something else or to another version, or is in use
     */
    public static DataDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            refuseForeign(root);
            FileChannel lock = lock(root);
            try {
                checkVersion(root);
                return new DataDirectory(root, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Failure(
                    "Cannot write to the data directory " + root + " (" + reason(e)
                            + "). Give this user write permission, or choose another with --data.",
                    e);
        }
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path state() {
        return root.resolve("state");
    }

    /** Releases the lock. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new Failure("Cannot release the lock of the data directory " + root + ": " + reason(e) + ".", e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }

    /** Before anything is written: a mistyped {@code --data ~} must not litter somebody's home. */
    private static void refuseForeign(Path root) throws IOException {
        if (Files.exists(root.resolve(VERSION))) {
            return;
        }
        Set<String> ours = Set.of(LOCK, VERSION_DRAFT, "tokens", "tokens.lock");
        try (Stream<Path> children = Files.list(root)) {
            if (!children.allMatch(child -> ours.contains(child.getFileName().toString()))) {
                throw new Failure(root + " has files in it but is no data directory of Spoor: it lacks " + VERSION
                        + ". Choose a new or empty directory with --data.");
            }
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // The holder is this very process; the answer is the same.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new Failure("The data directory " + root
                + " is in use by another Spoor process. Stop that one, or choose another directory with --data.");
    }

    private static void checkVersion(Path root) throws IOException {
        Path version = root.resolve(VERSION);
        String found;
        try {
            found = Files.readString(version).strip();
        } catch (NoSuchFileException e) {
            Path draft = root.resolve(VERSION_DRAFT);
            Files.writeString(draft, FORMAT + "\n");
            Files.move(draft, version, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        if (!found.equals(FORMAT)) {
            throw new Failure("The data directory " + root + " is of another version of Spoor: " + VERSION + " says '"
                    + quoted(found) + "', this one reads '" + FORMAT
                    + "'. Use the version that wrote it, or choose another directory with --data.");
        }
    }

    private static String quoted(String text) {
        String cut = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    private static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.FileAlreadyExistsException) {
            return "a file is in the way";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
