package io.spoor.aggregate.trail;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;

/** The plainest store that keeps the contract: the oracle. */
class TreeMapTrailStoreTest extends TrailStoreContract {
    private final Plain plain = new Plain();

    @Override
    TrailStore store() {
        return plain;
    }

    @Override
    void flush() {
        plain.commit(java.util.Map.of());
    }

    private record Place(String trail, long offset) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byTrail = trail.compareTo(other.trail);
            return byTrail != 0 ? byTrail : Long.compare(offset, other.offset);
        }
    }

    private static final class Plain implements TrailStore {
        private final ConcurrentSkipListMap<Place, byte[]> lines = new ConcurrentSkipListMap<>();

        @Override
        public void append(String trail, long offset, long atMillis, byte[] line) {
            lines.put(new Place(trail, offset), line);
        }

        @Override
        public Trail read(String trail, TrailLimits limits) {
            List<byte[]> all = List.copyOf(lines.subMap(new Place(trail, 0), new Place(trail, Long.MAX_VALUE))
                    .values());
            long bytes = 0;
            for (int i = 0; i < all.size(); i++) {
                bytes += all.get(i).length;
                if (i == limits.lines() || bytes > limits.bytes()) {
                    return new Trail(all.subList(0, i), true);
                }
            }
            return new Trail(all, false);
        }

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {}

        @Override
        public void close() {}

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
