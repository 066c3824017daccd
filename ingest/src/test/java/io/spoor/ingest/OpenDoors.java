package io.spoor.ingest;

import io.spoor.ingest.wire.RawTopic;
import io.spoor.ingest.wire.Shipment;
import io.spoor.ingest.write.LineSink;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.http.HttpServer;
import io.spoor.runtime.http.HttpSettings;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsSources;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** All doors on a free port, before a sink that remembers or the one given. */
final class OpenDoors implements AutoCloseable {
    final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Meters meters = new Meters();
    private final HttpServer server;

    record Taken(RawTopic topic, Shipment shipment) {}

    OpenDoors(Map<String, String> flags) {
        this.server = start(flags, (topic, shipment) -> taken.add(new Taken(topic, shipment)));
    }

    OpenDoors(Map<String, String> flags, LineSink sink) {
        this.server = start(flags, sink);
    }

    private HttpServer start(Map<String, String> flags, LineSink sink) {
        Map<String, String> all = new HashMap<>(flags);
        all.put("http.bind", "127.0.0.1:0");
        Settings settings = Settings.load(SettingsSources.flags(all));
        HttpSettings http = settings.read(HttpSettings::from);
        return HttpServer.start(
                http,
                Tokens.none(),
                Ingest.doors(settings.read(IngestSettings::from), http, sink, meters),
                List.of(),
                meters);
    }

    HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    Socket socket() throws IOException {
        Socket socket = new Socket(server.address().host(), server.address().port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    double inFlightBytes() {
        return meters.registry().get("spoor.ingest.in.flight.bytes").gauge().value();
    }

    @Override
    public void close() {
        server.close();
        meters.close();
    }
}
