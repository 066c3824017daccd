package io.spoor.app.client.ship;

/** Where reading a file goes on: moved by acknowledgements only. Owned by one thread. */
final class Cursor {

    private long offset;
    private long line = 1;
    private byte[] before = new byte[0];

    long offset() {
        return offset;
    }

    long line() {
        return line;
    }

    byte[] before() {
        return before;
    }

    /** @param before the place's last bytes, as the file has them */
    void goTo(Place place, byte[] before) {
        this.offset = place.offset();
        this.line = place.line();
        this.before = before;
    }

    void restart() {
        offset = 0;
        line = 1;
        before = new byte[0];
    }

    /** Past a hole, which is no line. */
    void skip(long to) {
        before = new byte[(int) Math.min(Footprint.MOST, to)];
        offset = to;
    }

    void acknowledged(Batch batch) {
        if (batch.isOversized()) {
            before = new byte[0];
        } else {
            before = Footprint.after(before, batch.buffer(), batch.start(), batch.end());
        }
        offset += batch.bytes();
        line += batch.physicalLines();
    }

    Place place(String path, String key, long packedSize, long seenMillis) {
        return new Place(path, key, offset, line, Footprint.of(before), packedSize, seenMillis);
    }
}
