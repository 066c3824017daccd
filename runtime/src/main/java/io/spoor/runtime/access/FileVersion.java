package io.spoor.runtime.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What changes with a file's content, cheap to ask: equal versions mean that there is nothing to read again.
 *
 * @param inode the file behind the name, where the system tells: a replacement made within one tick of the clock shows, too
 */
public record FileVersion(
        FileTime modified, long size, @Nullable Object inode) {
    private static final FileVersion ABSENT = new FileVersion(FileTime.fromMillis(0), -1, null);

    /** The version now; of a file that is absent or out of reach, one that equals no other. */
    public static FileVersion of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileVersion(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return ABSENT;
        }
    }

    boolean isAbsent() {
        return equals(ABSENT);
    }
}
