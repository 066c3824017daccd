package io.spoor.aggregate.link;

import io.spoor.model.Id;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The links of ids, over a segmented window store: key {@code <id> 0x00 <linked id>}, nothing as value, the hour in which
 * the link was seen as window. A repeat within the hour writes what is there already.
 */
public final class LinkStore {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final byte[] NOTHING = {};

    /** See the trail store: the highest byte must be zero. */
    private static final Instant END_OF_TIME = Instant.ofEpochMilli(1L << 48);

    private final WindowStore<Bytes, byte[]> links;

    LinkStore(WindowStore<Bytes, byte[]> links) {
        this.links = links;
    }

    /** A persistent, changelogged window store to hold links for at least as long as given. */
    public static StoreBuilder<WindowStore<Bytes, byte[]>> persistent(String name, Duration retention) {
        return Stores.windowStoreBuilder(
                // An hour more, for a window counts from its beginning and a link may have been seen at its end.
                Stores.persistentWindowStore(name, retention.plus(WINDOW), WINDOW, false),
                Serdes.Bytes(),
                Serdes.ByteArray());
    }

    /** Notes that an id was seen together with another at this time. */
    void keep(Id id, Id linked, long atMillis) {
        links.put(key(id, linked.key()), NOTHING, atMillis - Math.floorMod(atMillis, WINDOW.toMillis()));
    }

    /** The ids linked with an id, the first so many in the order of ids. */
    public static SortedSet<Id> read(ReadOnlyWindowStore<Bytes, byte[]> links, Id id, int limit) {
        SortedSet<Id> found = new TreeSet<>();
        int prefix = id.key().getBytes(StandardCharsets.UTF_8).length + 1;
        try (KeyValueIterator<Windowed<Bytes>, byte[]> all =
                links.fetch(key(id, ""), key(id, "\uffff"), Instant.EPOCH, END_OF_TIME)) {
            while (all.hasNext() && found.size() < limit) {
                KeyValue<Windowed<Bytes>, byte[]> next = all.next();
                byte[] key = next.key.key().get();
                found.add(Id.ofKey(new String(key, prefix, key.length - prefix, StandardCharsets.UTF_8)));
            }
        }
        return found;
    }

    private static Bytes key(Id id, String linked) {
        return Bytes.wrap((id.key() + '\u0000' + linked).getBytes(StandardCharsets.UTF_8));
    }
}
