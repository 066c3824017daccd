package io.spoor.app.client.ship;

import io.spoor.app.client.Labels;

/** Gets a batch acknowledged or refused before it returns. */
@FunctionalInterface
interface Delivery {
    /** False when nothing more is to be delivered; the batch was not. */
    boolean deliver(String name, Labels labels, Batch batch);
}
