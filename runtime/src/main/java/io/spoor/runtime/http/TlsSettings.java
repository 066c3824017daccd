package io.spoor.runtime.http;

import io.spoor.runtime.settings.SettingsReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that make the server speak HTTPS, both PEM.
 *
 * @param certificate the server's own first, then those that signed it
 * @param key its private key, not encrypted
 */
public record TlsSettings(Path certificate, Path key) {
    /** Null when neither is set. */
    static @Nullable TlsSettings from(SettingsReader reader) {
        String certificate = reader.text("spoor.http.tls.certificate");
        String key = reader.text("spoor.http.tls.key");
        if (certificate.isEmpty() != key.isEmpty()) {
            String given = certificate.isEmpty() ? "key" : "certificate";
            String lacking = certificate.isEmpty() ? "certificate" : "key";
            reader.problem("spoor.http.tls." + given, "write spoor.http.tls." + lacking + " as well");
            return null;
        }
        return certificate.isEmpty()
                ? null
                : new TlsSettings(reader.path("spoor.http.tls.certificate"), reader.path("spoor.http.tls.key"));
    }
}
