package io.spoor.app.up;

import io.spoor.app.HostPort;
import java.util.List;

/**
 * What a user reads when Spoor is up: where it is, and what to try next.
 *
 * @param http where the API listens
 * @param kafka the addresses of the Kafka in use, embedded or not
 * @param data the data directory
 */
record Ready(HostPort http, String kafka, String data) {
    List<String> lines() {
        String url = "http://" + http;
        return List.of(
                "Spoor is ready at " + url + " (Kafka " + kafka + ", data in " + data + ").",
                "",
                "  ship lines        ./spoor ship --label service=orchestrator FILE",
                "                    or POST them to " + url + "/api/v1/logs",
                "  follow a request  ./spoor trace REQUEST_ID",
                "  stop              Ctrl-C");
    }
}
