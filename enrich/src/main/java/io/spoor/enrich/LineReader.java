package io.spoor.enrich;

import io.spoor.enrich.json.JsonKind;
import io.spoor.enrich.json.JsonName;
import io.spoor.enrich.json.JsonScan;
import io.spoor.enrich.tag.LevelTable;
import io.spoor.enrich.tag.MessageTable;
import io.spoor.enrich.tag.TierTable;
import io.spoor.enrich.unwrap.RawLine;
import io.spoor.enrich.unwrap.Shape;
import io.spoor.enrich.unwrap.ShipperLabels;
import io.spoor.enrich.unwrap.TimeSource;
import io.spoor.model.LineId;
import io.spoor.model.Milestone;
import io.spoor.model.Stamp;
import io.spoor.model.Stamp.Flag;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Finds out about one line what its stamp says. One instance serves one thread. */
final class LineReader {
    private static final JsonName SERVICE = JsonName.of("service");
    private static final JsonName LOGS_SOURCE = JsonName.of("logsSource");

    private final EnrichSettings settings;
    private final TierTable tiers;
    private final LevelTable levels;
    private final MessageTable<Reaching> milestones;

    LineReader(EnrichSettings settings) {
        this.settings = settings;
        tiers = new TierTable(settings.tiers());
        levels = new LevelTable(settings.levels());
        milestones = new MessageTable<>(settings.milestones());
    }

    Stamp stamp(RawLine line, Beside beside, LineId id, String via, long arrivedMillis) {
        JsonScan fields = line.json() ? line.fields() : null;
        ShipperLabels labels = line.labels();
        String own = fields == null ? null : ownService(fields);
        EnumSet<Flag> flags = flagsOf(line);
        long at = line.atMillis();
        if (at > arrivedMillis + settings.aheadAtMost().toMillis()
                || at < arrivedMillis - settings.behindAtMost().toMillis()) {
            at = arrivedMillis;
            flags.add(Flag.SKEWED);
        }
        return new Stamp(
                id,
                at,
                tiers.of(own, labels.service()),
                labels.service(),
                labels.host(),
                labels.env(),
                labels.instance(),
                levels.of(fields, beside.level(), beside.members()),
                fields != null && isForwarded(fields, own, labels.service()),
                fields == null ? null : milestone(fields),
                via(via, line.shape()),
                flags,
                beside.text());
    }

    /** The door and what the line was wrapped in, where that says more than the door. */
    private static String via(String door, Shape shape) {
        return shape == Shape.PLAIN || shape.label().equals(door) ? door : door + "/" + shape.label();
    }

    private static EnumSet<Flag> flagsOf(RawLine line) {
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        if (!line.json()) {
            flags.add(Flag.TEXT);
        }
        if (line.timeSource() != TimeSource.OWN) {
            flags.add(Flag.UNTIMED);
        }
        if (line.replaced()) {
            flags.add(Flag.REPLACED);
        }
        if (line.partial()) {
            flags.add(Flag.PARTIAL);
        }
        if (line.nested()) {
            flags.add(Flag.NESTED);
        }
        return flags;
    }

    private static @Nullable String ownService(JsonScan fields) {
        int service = fields.find(SERVICE, JsonKind.STRING);
        String own = service < 0 ? null : fields.string(service);
        return own == null ? null : ShipperLabels.label(own);
    }

    /** A line that one tier produced and another printed: the names inside and outside are of different tiers. */
    private boolean isForwarded(JsonScan fields, @Nullable String own, @Nullable String label) {
        return fields.has(LOGS_SOURCE)
                || (own != null && label != null && !tiers.of(own, null).equals(tiers.of(null, label)));
    }

    private @Nullable Milestone milestone(JsonScan fields) {
        Reaching reaching = milestones.of(fields);
        return reaching == null ? null : reaching.of(fields);
    }
}
