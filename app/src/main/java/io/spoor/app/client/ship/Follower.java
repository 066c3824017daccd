package io.spoor.app.client.ship;

import io.spoor.app.Failure;
import io.spoor.app.client.Labels;
import io.spoor.app.client.Retry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files again and again, delivers what is new and remembers what was acknowledged.
 *
 * <p>A file is its inode, whatever its name: a renamed one is read to its end before its successor. A file that no place is
 * known of begins at its beginning, unless it has a rotated name and holds, up to a place of its kin, the same text: then it is
 * a copy or an archive of what was read already, and goes on there.
 *
 * <p>Owned by one thread.
 */
final class Follower implements Closeable {

    static final Duration POLL = Duration.ofMillis(250);

    private static final long SCAN_MILLIS = 1_000;
    private static final long SAVE_MILLIS = 500;
    private static final long SETTLED_MILLIS = 2_000;
    private static final long FORGET_MILLIS = Duration.ofDays(7).toMillis();

    private final FilePatterns patterns;
    private final Places places;
    private final Labels labels;
    private final boolean join;
    private final Target target;
    private final ShipReport report;
    private final InstantSource clock;
    private final BooleanSupplier stopped;

    private final List<Tail> tails = new ArrayList<>();
    private final List<Archive> archives = new ArrayList<>();
    /** Archives read to their end, by key. */
    private final Map<String, Place> done = new HashMap<>();
    /** Of files that are not there, not wanted now, or not what they were. */
    private final List<Place> unclaimed;
    /** Files that cannot be read, with the size at which that was said. */
    private final Map<Path, Long> troubled = new HashMap<>();

    private boolean scanned;
    private long scannedMillis;
    private long savedMillis;
    private boolean changed;

    /** @param stopped asked before each batch */
    Follower(
            FilePatterns patterns,
            Places places,
            Labels labels,
            boolean join,
            Target target,
            ShipReport report,
            InstantSource clock,
            BooleanSupplier stopped) {
        this.patterns = patterns;
        this.places = places;
        this.labels = labels;
        this.join = join;
        this.target = target;
        this.report = report;
        this.clock = clock;
        this.stopped = stopped;
        this.unclaimed = new ArrayList<>(places.load());
        this.savedMillis = clock.millis();
    }

    /** Until stopped. */
    void run(Retry.Pause pause) {
        try {
            while (!stopped.getAsBoolean()) {
                if (!pass()) {
                    pause.of(POLL);
                }
            }
        } catch (InterruptedException e) {
            // Stopped while there was nothing to do.
        } catch (Failure e) {
            if (!stopped.getAsBoolean()) {
                throw e;
            }
        }
    }

    /** One look at everything. Returns whether there was anything to deliver. */
    boolean pass() {
        long now = clock.millis();
        if (!scanned || now - scannedMillis >= SCAN_MILLIS) {
            scan(now);
            scanned = true;
            scannedMillis = now;
        }
        boolean worked = false;
        for (Tail tail : List.copyOf(tails)) {
            worked |= look(tail, now);
        }
        if (!worked && !archives.isEmpty()) {
            read(archives.get(0), now);
            worked = true;
        }
        saveIfDue();
        report.following(
                tails.size() + archives.size(),
                tails.stream().mapToLong(Tail::lag).sum());
        return worked;
    }

    /** Saves the places and closes the files. */
    @Override
    public void close() {
        if (changed) {
            save();
        }
        tails.forEach(Follower::close);
        archives.forEach(Follower::close);
    }

    private boolean look(Tail tail, long now) {
        try {
            Place before = tail.truncated(now);
            if (before != null) {
                unclaimed.add(before.ended());
                changed = true;
            }
            boolean worked = tail.turn(now, this::deliver);
            if (tail.isOver(now)) {
                leave(tail, now);
            }
            return worked;
        } catch (IOException e) {
            leave(tail, now);
            trouble(Path.of(tail.path()), -1, "could not be read further", e);
            return false;
        }
    }

    private void leave(Tail tail, long now) {
        unclaimed.add(tail.place(now));
        tails.remove(tail);
        close(tail);
        changed = true;
    }

    private void read(Archive archive, long now) {
        try {
            archive.turn(this::deliver);
            if (archive.isOver()) {
                done.put(archive.key(), archive.place(now));
                leave(archive);
            }
        } catch (IOException e) {
            unclaimed.add(archive.place(now));
            leave(archive);
            trouble(archive.path(), archive.packedSize(), Packed.complaint(e), e);
        }
    }

    private void leave(Archive archive) {
        archives.remove(archive);
        close(archive);
        changed = true;
    }

    private boolean deliver(String name, Labels of, Batch batch) {
        saveIfDue();
        if (stopped.getAsBoolean()) {
            return false;
        }
        if (batch.isOversized()) {
            report.oversized(name, batch);
        } else {
            report.taken(name, target.deliver(batch, of), batch.bytes());
        }
        changed = true;
        return true;
    }

    private void scan(long now) {
        Map<String, Path> present = new LinkedHashMap<>();
        for (Path file : oldestFirst(patterns.files())) {
            String key = keyOf(file);
            if (key != null) {
                present.putIfAbsent(key, file);
            }
        }
        for (Tail tail : tails) {
            Path file = present.get(tail.key());
            if (file == null) {
                tail.lost();
            } else {
                tail.seenAs(file);
            }
        }
        if (!scanned) {
            strays(present);
        }
        Set<String> known = new HashSet<>();
        tails.forEach(tail -> known.add(tail.key()));
        archives.forEach(archive -> known.add(archive.key()));
        // Those that are known by their inode first: only then is it clear which places are left for copies.
        Map<String, Path> unknown = new LinkedHashMap<>(present);
        unknown.keySet().removeAll(known);
        unknown.forEach((key, file) -> {
            if (ownPlace(key) != null) {
                open(file, key, now);
                known.add(key);
            }
        });
        unknown.keySet().removeAll(known);
        List<Path> waiting = new ArrayList<>();
        unknown.forEach((key, file) -> {
            // Its successors wait with it, for the sake of the order.
            if (waiting.stream().noneMatch(first -> RotatedName.related(first, file)) && !open(file, key, now)) {
                waiting.add(file);
            }
        });
    }

    /** Files that were renamed, copied or packed beyond the names asked for while nobody was looking, and not yet read to their end. */
    private void strays(Map<String, Path> present) {
        for (Place place : List.copyOf(unclaimed)) {
            Path path = Path.of(place.path());
            if (place.packedSize() > 0 || present.containsKey(place.key()) || !patterns.include(path)) {
                continue;
            }
            List<Path> kin = new ArrayList<>();
            for (Path file : siblings(path)) {
                String key = keyOf(file);
                if (key == null || present.containsKey(key)) {
                    continue;
                }
                if (key.equals(place.key())) {
                    kin.add(0, file);
                } else if (place.offset() > 0 && RotatedName.related(file, path)) {
                    kin.add(file);
                }
            }
            for (Path file : kin) {
                if (adopt(file, place)) {
                    break;
                }
            }
        }
    }

    private boolean adopt(Path file, Place place) {
        String key = String.valueOf(keyOf(file));
        try {
            if (Packed.isPacked(file)) {
                Archive archive = archive(file, key);
                if (archive.goTo(place)) {
                    unclaimed.remove(place);
                    archives.add(archive);
                    report.begin();
                    return true;
                }
                return false;
            }
            Tail tail = tail(file, key);
            if (tail == null) {
                return false;
            }
            if (tail.goTo(place)) {
                unclaimed.remove(place);
                tail.lost();
                tails.add(tail);
                report.begin();
                return true;
            }
            close(tail);
            return false;
        } catch (IOException e) {
            return false; // damaged, or not for us: nobody asked for this name
        }
    }

    /** False when it must be seen first whether this is a copy. */
    private boolean open(Path file, String key, long now) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            boolean settled = now - attributes.lastModifiedTime().toMillis() >= SETTLED_MILLIS;
            if (Long.valueOf(attributes.size()).equals(troubled.get(file))) {
                return true;
            }
            if (Packed.isPacked(file)) {
                openArchive(file, key, attributes.size(), settled, now);
            } else {
                return openTail(file, key, settled);
            }
        } catch (NoSuchFileException e) {
            // Gone since it was listed.
        } catch (AccessDeniedException e) {
            trouble(file, -1, "cannot be read: permission denied", null);
        } catch (IOException e) {
            trouble(file, sizeOf(file), Packed.complaint(e), e);
        }
        return true;
    }

    private void openArchive(Path file, String key, long packedSize, boolean settled, long now) throws IOException {
        Place finished = done.get(key);
        if (finished != null && finished.packedSize() == packedSize) {
            return;
        }
        Place own = ownPlace(key);
        if (own != null && own.packedSize() == packedSize) {
            unclaimed.remove(own);
            done.put(key, new Place(file.toString(), key, own.offset(), own.line(), own.footprint(), packedSize, now));
            return;
        }
        if (!settled || isBusy(file)) {
            return;
        }
        Archive archive = archive(file, key);
        for (Place place : sources(file, own)) {
            if (archive.goTo(place)) {
                unclaimed.remove(place);
                break;
            }
        }
        archives.add(archive);
        report.begin();
    }

    private boolean openTail(Path file, String key, boolean settled) throws IOException {
        Place own = ownPlace(key);
        List<Place> sources = sources(file, own);
        // A copy that is still being made does not reach the place yet.
        if (own == null && !sources.isEmpty() && (!settled || isBusy(file))) {
            return false;
        }
        Tail tail = tail(file, key);
        if (tail == null) {
            return true;
        }
        if (own != null) {
            unclaimed.remove(own);
        }
        boolean found = false;
        for (Place place : sources) {
            found = tail.goTo(place);
            if (found) {
                unclaimed.remove(place);
                break;
            }
        }
        if (own != null && !found && own.offset() > 0) {
            unclaimed.add(own.ended());
        }
        tails.add(tail);
        report.begin();
        troubled.remove(file);
        return true;
    }

    /** The places at which a file may go on, best first. */
    private List<Place> sources(Path file, @Nullable Place own) {
        if (own != null) {
            return own.offset() > 0 && own.packedSize() == 0 ? List.of(own) : List.of();
        }
        Stream<Place> live = tails.stream().map(tail -> tail.place(0));
        return Stream.concat(unclaimed.stream(), live)
                .filter(place -> place.offset() > 0 && place.packedSize() == 0)
                .filter(place -> RotatedName.related(file, Path.of(place.path())))
                .sorted(Comparator.comparingLong(Place::offset).reversed())
                .toList();
    }

    /** Whether kin of this file is gone and still being read to its end. */
    private boolean isBusy(Path file) {
        return tails.stream().anyMatch(tail -> tail.isGone() && RotatedName.related(file, Path.of(tail.path())));
    }

    private @Nullable Place ownPlace(String key) {
        return unclaimed.stream()
                .filter(place -> place.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Null when another file took the name while we opened it. */
    private @Nullable Tail tail(Path file, String key) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        if (key.equals(keyOf(file))) {
            return new Tail(file, key, channel, labelsOf(file), join, RotatedName.is(file));
        }
        channel.close();
        return null;
    }

    private Archive archive(Path file, String key) throws IOException {
        return new Archive(file, key, Files.size(file), labelsOf(file), join);
    }

    private Labels labelsOf(Path file) {
        return labels.orFrom(String.valueOf(file.getFileName()));
    }

    private void saveIfDue() {
        long now = clock.millis();
        if (changed && now - savedMillis >= SAVE_MILLIS) {
            save();
            savedMillis = now;
        }
    }

    private void save() {
        long now = clock.millis();
        List<Place> all = new ArrayList<>();
        unclaimed.stream()
                .filter(place -> now - place.seenMillis() < FORGET_MILLIS)
                .forEach(all::add);
        all.addAll(done.values());
        archives.forEach(archive -> all.add(archive.place(now)));
        tails.forEach(tail -> all.add(tail.place(now)));
        places.save(all);
        changed = false;
    }

    private void trouble(Path file, long size, String why, @Nullable IOException e) {
        if (!Long.valueOf(size).equals(troubled.put(file, size))) {
            report.trouble(file.toString(), why, e);
        }
    }

    /** What a rotation has put aside comes before what is written to now. */
    private static List<Path> oldestFirst(List<Path> files) {
        Map<Path, Long> writtenMillis = new HashMap<>();
        files.forEach(file -> writtenMillis.put(file, file.toFile().lastModified()));
        return files.stream()
                .sorted(Comparator.comparing((Path file) -> !RotatedName.is(file))
                        .thenComparingLong(file -> writtenMillis.getOrDefault(file, 0L)))
                .toList();
    }

    private static List<Path> siblings(Path path) {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Inode and device; where there are none, the path. Null when there is no file. */
    private static @Nullable String keyOf(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file.toString() : key.toString();
        } catch (IOException e) {
            return null;
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    private static void close(Closeable file) {
        try {
            file.close();
        } catch (IOException e) {
            // It was read only; there is nothing to lose.
        }
    }
}
