package io.spoor.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.spoor.runtime.CannotStart;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import io.spoor.runtime.settings.Settings;
import io.spoor.runtime.settings.SettingsProblems;
import io.spoor.runtime.settings.SettingsSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    private static final Path TLS = Path.of("src", "test", "resources", "tls");

    @TempDir
    Path directory;

    private final Meters meters = new Meters();
    private @Nullable HttpServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        meters.close();
    }

    @Test
    void the_server_speaks_https_with_the_pair() throws Exception {
        start("ec");
        assertThat(Objects.requireNonNull(server).uri().getScheme()).isEqualTo("https");
        try (SSLSocket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: any.name\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("{\"status\":\"alive\"}");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(subject(socket)).isEqualTo("CN=ec");
        }
    }

    @Test
    void tls_below_1_2_is_refused() throws Exception {
        start("ec");
        try (SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
        try (SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void a_new_pair_serves_the_next_connection_and_a_half_new_one_does_not() throws Exception {
        start("ec");
        put("rsa.pem", "certificate.pem");
        await("a second look")
                .pollDelay(Duration.ofMillis(1100))
                .untilAsserted(() -> assertThat(served()).isEqualTo("CN=ec"));
        put("rsa.key.pem", "key.pem");
        await("the new pair").until(() -> served().equals("CN=rsa"));
        Files.writeString(directory.resolve("key.pem"), "garbled");
        await("a second look")
                .pollDelay(Duration.ofMillis(1100))
                .untilAsserted(() -> assertThat(served()).isEqualTo("CN=rsa"));
    }

    @Test
    void plain_http_ends_at_once_without_an_answer_in_clear() throws Exception {
        start("ec");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .doesNotContain("alive", "HTTP/1.1 200");
        }
        assertThat(served()).isEqualTo("CN=ec");
    }

    @Test
    void a_pair_that_cannot_be_used_keeps_the_server_from_starting() throws Exception {
        put("ec.pem", "certificate.pem");
        put("rsa.key.pem", "key.pem");
        assertThatThrownBy(this::start).isInstanceOf(CannotStart.class).hasMessageContaining("key.pem");
    }

    @Test
    void half_a_pair_is_a_wrong_setting() {
        Settings settings = Settings.load(SettingsSources.flags(Map.of("http.tls.certificate", "certificate.pem")));
        assertThatThrownBy(() -> settings.read(HttpSettings::from))
                .isInstanceOf(SettingsProblems.class)
                .hasMessage("--http.tls.certificate is \"certificate.pem\"; write spoor.http.tls.key as well.");
    }

    private void start(String pair) throws IOException {
        put(pair + ".pem", "certificate.pem");
        put(pair + ".key.pem", "key.pem");
        start();
    }

    private void start() {
        TlsSettings tls = new TlsSettings(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
        HttpSettings settings = new HttpSettings(
                new Address("127.0.0.1", 0),
                false,
                tls,
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        server = HttpServer.start(settings, Tokens.none(), List.of(), List.of(), meters);
    }

    private void put(String from, String name) throws IOException {
        Files.copy(TLS.resolve(from), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private int port() {
        return Objects.requireNonNull(server).address().port();
    }

    private String served() throws Exception {
        try (SSLSocket socket = connect()) {
            return subject(socket);
        }
    }

    private static String subject(SSLSocket socket) throws SSLException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    private SSLSocket connect() throws Exception {
        SSLSocket socket = socket();
        socket.startHandshake();
        return socket;
    }

    /** Trusts the certificates of the tests, and asks that they name 127.0.0.1. */
    private SSLSocket socket() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : List.of("ec", "rsa")) {
            trusted.setCertificateEntry(
                    name, Pem.certificates(TLS.resolve(name + ".pem")).get(0));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }
}
