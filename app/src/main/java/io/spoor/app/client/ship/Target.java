package io.spoor.app.client.ship;

import io.spoor.app.client.Labels;

/** Whoever takes lines and acknowledges them. */
interface Target extends AutoCloseable {

    /**
     * Returns once every line is acknowledged or refused for good; asks again while the target is away or busy.
     *
     * @throws io.spoor.app.Failure when that is given up, or when the target wants to have nothing to do with us; some of the lines
     *     may have been taken
     */
    Receipt deliver(Batch batch, Labels labels);

    @Override
    default void close() {}
}
