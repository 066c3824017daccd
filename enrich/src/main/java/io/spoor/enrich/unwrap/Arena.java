package io.spoor.enrich.unwrap;

/**
 * Room for the texts that are made while one record is unwrapped. What is written stays where it is until {@link
 * #reset}: a full block is left to those who still look into it, and a new one begun.
 */
final class Arena {
    private static final int BLOCK = 64 << 10;
    private static final int RETAINED = 1 << 20;

    private byte[] block = new byte[BLOCK];
    private int used;

    /** A block with room for that many bytes from {@link #used} on. */
    byte[] room(int bytes) {
        if (block.length - used < bytes) {
            block = new byte[Math.max(bytes, Math.max(BLOCK, block.length))];
            used = 0;
        }
        return block;
    }

    int used() {
        return used;
    }

    /** Keeps what was written up to {@code to}. */
    void keep(int to) {
        used = to;
    }

    void reset() {
        used = 0;
        if (block.length > RETAINED) {
            block = new byte[BLOCK];
        }
    }
}
