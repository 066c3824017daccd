package io.spoor.enrich.unwrap;

/** What is known of a line from outside it, gathered on the way in. */
record Context(
        ShipperLabels labels,
        long envelopeMillis,
        Shape shape,
        int level,
        boolean replaced,
        boolean partial,
        Extras extras) {
    static final Context NONE = of(ShipperLabels.NONE);

    /** Of a record as it came, before anything is unwrapped. */
    static Context of(ShipperLabels labels) {
        return new Context(labels, LineTime.NONE, Shape.PLAIN, 0, false, false, Extras.NONE);
    }

    /** With what one more wrapper says: the inner time goes before the outer one, the outer shape before the inner. */
    Context told(ShipperLabels all, long millis, Shape seen) {
        return new Context(
                all,
                millis == LineTime.NONE ? envelopeMillis : millis,
                shape == Shape.PLAIN ? seen : shape,
                level,
                replaced,
                partial,
                extras);
    }

    Context deeper() {
        return new Context(labels, envelopeMillis, shape, level + 1, replaced, partial, extras);
    }

    Context replacedIf(boolean now) {
        return !now || replaced ? this : new Context(labels, envelopeMillis, shape, level, true, partial, extras);
    }

    Context partialIf(boolean now) {
        return !now || partial ? this : new Context(labels, envelopeMillis, shape, level, replaced, true, extras);
    }

    Context with(Extras more) {
        return new Context(labels, envelopeMillis, shape, level, replaced, partial, more);
    }
}
