package io.spoor.runtime.http;

import io.spoor.runtime.settings.Address;
import io.spoor.runtime.settings.SettingsReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to serve.
 *
 * @param bind where to listen; port 0 lets the system choose
 * @param insecure serve others than this machine although nobody has to identify themselves
 * @param tls what makes it HTTPS; {@code null}: plain HTTP
 * @param threads that answer requests
 * @param idleTimeout after which a silent connection is closed
 * @param requestTimeout within which a body must have arrived
 * @param drainTimeout what requests under way get at shutdown
 */
public record HttpSettings(
        Address bind,
        boolean insecure,
        @Nullable TlsSettings tls,
        int threads,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration drainTimeout) {
    public static HttpSettings from(SettingsReader reader) {
        return new HttpSettings(
                reader.address("spoor.http.bind"),
                reader.flag("spoor.http.insecure"),
                TlsSettings.from(reader),
                reader.integer("spoor.http.threads", 8, 1_000),
                reader.duration("spoor.http.idle-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                reader.duration("spoor.http.request-timeout", Duration.ofMillis(100), Duration.ofHours(1)),
                reader.duration("spoor.http.drain-timeout", Duration.ZERO, Duration.ofMinutes(10)));
    }
}
