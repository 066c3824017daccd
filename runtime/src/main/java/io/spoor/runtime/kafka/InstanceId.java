package io.spoor.runtime.kafka;

import io.spoor.runtime.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The name that an instance keeps across restarts, for static membership of its consumer groups: an instance that comes back
 * within the session time-out takes its partitions up again at once, where a stranger would have to wait until the group has
 * given the old one up. It lies beside the state that it belongs to.
 */
public final class InstanceId {
    private static final String FILE = "instance-id";

    private InstanceId() {}

    /** The name kept in this directory, made up at the first call; throws {@link CannotStart} where it cannot be kept. */
    public static String in(Path stateDir) {
        Path file = stateDir.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(stateDir);
                Path draft = stateDir.resolve(FILE + ".tmp");
                Files.writeString(draft, UUID.randomUUID().toString());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot keep the state in " + stateDir
                            + ". Give this user write permission, or choose another directory.",
                    e);
        }
    }
}
