package io.spoor.enrich.unwrap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was found in a record so far, in order; the objects are used again for the next record. */
final class Pieces {
    /** No shipper puts so many lines into a record; without a bound, a few MiB of braces would fill the heap. */
    static final int MOST = 1 << 18;

    private static final int RETAINED = 1024;

    private final List<RawLine> pool = new ArrayList<>();
    private int size;

    /** How many were in use at most, before something was taken back. */
    private int touched;

    private boolean tooMany;

    RawLine add(byte[] buffer, int from, int to, Context context) {
        if (size == MOST) {
            tooMany = true;
            size--;
        }
        if (size == pool.size()) {
            pool.add(new RawLine());
        }
        RawLine piece = pool.get(size++).piece(buffer, from, to, context);
        touched = Math.max(touched, size);
        return piece;
    }

    RawLine get(int i) {
        return pool.get(i);
    }

    int size() {
        return size;
    }

    /** Forgets what was added since {@link #size} was this: what looked like a shape was none. */
    void backTo(int earlierSize) {
        tooMany &= earlierSize == MOST;
        size = earlierSize;
    }

    /** Puts what was added last before what was added since {@link #size} was this. */
    void moveLastTo(int earlierSize) {
        Collections.rotate(pool.subList(earlierSize, size), 1);
    }

    /** Whether there were more than can be kept, so that what is here is not all. */
    boolean tooMany() {
        return tooMany;
    }

    /** How many will be told of as lines or rejections, and so are numbered. */
    int numbered() {
        int numbered = 0;
        for (int i = 0; i < size; i++) {
            numbered += pool.get(i).drop() == null ? 1 : 0;
        }
        return numbered;
    }

    void clear() {
        if (pool.size() > RETAINED) {
            pool.subList(RETAINED, pool.size()).clear();
        }
        pool.subList(0, Math.min(touched, pool.size())).forEach(RawLine::release);
        size = 0;
        touched = 0;
        tooMany = false;
    }
}
