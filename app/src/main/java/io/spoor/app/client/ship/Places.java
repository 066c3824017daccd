package io.spoor.app.client.ship;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spoor.app.Failure;
import io.spoor.app.client.SafeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The places of all files, in {@code positions.json} of a directory of their own: written beside, forced to disk and renamed,
 * so that after a crash there is the old list or the new one.
 */
final class Places implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private final Path file;
    private final FileChannel lock;

    private Places(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Keeps others out of the directory until closed, or until the process ends. */
    static Places open(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel lock =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(lock)) {
                return new Places(directory.resolve("positions.json"), lock);
            }
            lock.close();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        throw new Failure("Another `spoor ship --follow` remembers its places in " + directory
                + ". Stop it, or give this one a directory of its own with --state DIR.");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    List<Place> load() {
        try {
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            if (tree == null || tree.path("version").asInt(0) != VERSION) {
                throw new IllegalArgumentException("version " + (tree == null ? "?" : tree.path("version")));
            }
            List<Place> places = new ArrayList<>();
            for (JsonNode place : tree.path("files")) {
                places.add(place(place));
            }
            return places;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Failure(
                    file + " is not a list of places that this version wrote ("
                            + SafeText.quoted(String.valueOf(e.getMessage()))
                            + "). Delete it to ship all files from their beginning, or give another --state DIR.",
                    e);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    void save(Collection<Place> places) {
        ObjectNode tree = JSON.createObjectNode().put("version", VERSION);
        ArrayNode files = tree.putArray("files");
        places.forEach(place -> put(files.addObject(), place));
        Path beside = file.resolveSibling("positions.json.new");
        try {
            byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            rename(beside);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private void rename(Path beside) throws IOException {
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Place place(JsonNode place) {
        return new Place(
                place.path("path").asText(),
                place.path("key").asText(),
                place.path("offset").asLong(-1),
                place.path("line").asLong(1),
                new Footprint(
                        place.path("footprint").path("length").asInt(),
                        place.path("footprint").path("crc").asLong()),
                place.path("packedSize").asLong(0),
                place.path("seen").asLong());
    }

    private static void put(ObjectNode tree, Place place) {
        tree.put("path", place.path()).put("key", place.key());
        tree.put("offset", place.offset()).put("line", place.line());
        tree.putObject("footprint")
                .put("length", place.footprint().length())
                .put("crc", place.footprint().crc());
        tree.put("packedSize", place.packedSize()).put("seen", place.seenMillis());
    }

    private static Failure unusable(Path path, IOException e) {
        return new Failure(
                "What has been shipped cannot be remembered in " + path + ": " + SafeText.quoted(e.toString())
                        + ". Free space or change its permissions, or give another directory with --state DIR.",
                e);
    }
}
