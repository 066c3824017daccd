package io.spoor.app.client.ship;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The last bytes before a position, at most 1 KiB, by which a file is known again: an inode may be another file's by now,
 * a file may have been truncated and have grown past the position, a copy or an archive may hold what was read already. Bytes
 * before the position tie the content to it; a file's first bytes would only say that something began alike.
 *
 * @param length how many bytes
 * @param crc CRC-32 of them
 */
record Footprint(int length, long crc) {

    static final int MOST = 1024;
    static final Footprint NONE = of(new byte[0]);

    static Footprint of(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new Footprint(bytes.length, crc.getValue());
    }

    boolean isOf(byte[] bytes) {
        return bytes.length == length && equals(of(bytes));
    }

    /** What {@code before} has become after a batch was read on from there: the last bytes up to the new position. */
    static byte[] after(byte[] before, byte[] buffer, int from, int to) {
        int read = to - from;
        if (read >= MOST) {
            return Arrays.copyOfRange(buffer, to - MOST, to);
        }
        int kept = Math.min(before.length, MOST - read);
        byte[] bytes = new byte[kept + read];
        System.arraycopy(before, before.length - kept, bytes, 0, kept);
        System.arraycopy(buffer, from, bytes, kept, read);
        return bytes;
    }
}
