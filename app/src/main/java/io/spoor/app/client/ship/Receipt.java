package io.spoor.app.client.ship;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param accepted lines that are safe now
 * @param blank lines left out because they are blank
 * @param refusals of lines that will never be taken
 * @param unnamed further lines refused without saying which
 */
record Receipt(long accepted, long blank, List<Refusal> refusals, long unnamed) {

    Receipt {
        refusals = List.copyOf(refusals);
    }

    /**
     * Lines refused for one reason.
     *
     * @param first number of the first physical line in its file
     * @param last of the last one
     * @param count lines, a joined one counted once
     * @param why a sentence or less
     */
    record Refusal(long first, long last, int count, String why) {}

    static Receipt refused(Batch batch, String why) {
        return new Receipt(0, 0, List.of(new Refusal(batch.firstLine(), batch.lastLine(), batch.lines(), why)), 0);
    }

    Receipt plus(Receipt other) {
        List<Refusal> all = new ArrayList<>(refusals);
        all.addAll(other.refusals);
        return new Receipt(accepted + other.accepted, blank + other.blank, all, unnamed + other.unnamed);
    }

    long refusedLines() {
        return unnamed + refusals.stream().mapToLong(Refusal::count).sum();
    }
}
