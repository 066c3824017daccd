package io.spoor.app.demo;

import java.util.SplittableRandom;
import java.util.UUID;

/** All chance of the demo, from one seed. */
final class Dice {

    final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A UUID of version 4. */
    String uuid() {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Lower-case hex digits, 16 at a time. */
    String hex(int words) {
        StringBuilder hex = new StringBuilder(16 * words);
        for (int i = 0; i < words; i++) {
            String word = Long.toHexString(random.nextLong());
            hex.append("0".repeat(16 - word.length())).append(word);
        }
        return hex.toString();
    }

    /** A number of milliseconds in [from, to). */
    long millis(int from, int to) {
        return random.nextInt(from, to);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }
}
