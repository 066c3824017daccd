package io.spoor.app.up;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user reads when Spoor is up: where it is, and what to try next.
 *
 * @param url where the API listens
 * @param tokens whether one has to identify oneself there
 * @param kafka the addresses of the Kafka in use, embedded or not
 * @param data the data directory
 * @param requestId a request that can be looked at, if there is one
 */
record Ready(
        URI url,
        boolean tokens,
        String kafka,
        String data,
        @Nullable String requestId) {
    private static final URI DEFAULT = URI.create("http://127.0.0.1:7070");

    List<String> lines() {
        String server = url.equals(DEFAULT) ? "" : " --server " + url;
        List<String> lines = new ArrayList<>();
        lines.add("Spoor is ready at " + url + " (Kafka " + kafka + ", data in " + data + ").");
        lines.add("");
        lines.add("  ship lines        ./spoor ship --label service=orchestrator" + server + " FILE");
        lines.add("                    or POST them to " + url + "/api/v1/logs");
        lines.add("  follow a request  ./spoor trace" + server + " " + (requestId == null ? "REQUEST_ID" : requestId));
        if (requestId != null) {
            lines.add("                    curl -s " + url + "/api/v1/traces/" + requestId);
        }
        if (tokens) {
            lines.add("  identify yourself with SPOOR_TOKEN in the environment, or Authorization: Bearer");
        }
        lines.add("  stop              Ctrl-C");
        return lines;
    }
}
