package io.spoor.app.client.ship;

/**
 * How far a file has been acknowledged.
 *
 * @param path under which the file was found
 * @param key inode and device; empty when the file has ended under this key (it was truncated, or another file took the inode)
 * @param offset bytes, of an archive its unpacked ones; always the end of a line, or of the file
 * @param line number of the next line, from 1
 * @param footprint of the bytes before {@code offset}
 * @param packedSize of an archive that was read to its end; 0 otherwise
 * @param seenMillis when the file was there last
 */
record Place(String path, String key, long offset, long line, Footprint footprint, long packedSize, long seenMillis) {

    Place {
        if (offset < 0 || line < 1 || packedSize < 0) {
            throw new IllegalArgumentException("no place: offset " + offset + ", line " + line);
        }
    }

    /** The same content, whose file is gone or is another one's now. */
    Place ended() {
        return new Place(path, "", offset, line, footprint, packedSize, seenMillis);
    }
}
