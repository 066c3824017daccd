package io.spoor.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in {@code tls} are openssl's. */
class PemTest {
    private static final Path TLS = Path.of("src", "test", "resources", "tls");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "rsa.pem,     rsa.key.pem,     RSA",
        "rsa.pem,     rsa.pkcs1.pem,   RSA",
        "ec.pem,      ec.key.pem,      EC",
        "ec.pem,      ec.sec1.pem,     EC",
        "ed25519.pem, ed25519.key.pem, EdDSA"
    })
    void every_form_of_key_that_openssl_writes_is_read(String certificate, String key, String algorithm)
            throws Exception {
        PrivateKey read = (PrivateKey) Pem.pair(new TlsSettings(TLS.resolve(certificate), TLS.resolve(key)))
                .getKey("spoor", new char[0]);
        assertThat(read.getAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void chain_and_key_may_share_a_file() throws Exception {
        Path all = directory.resolve("all.pem");
        Files.writeString(all, "subject=/CN=x\n" + read("ec.key.pem") + read("ec.pem"));
        assertThat(Pem.pair(new TlsSettings(all, all)).getCertificateChain("spoor"))
                .hasSize(1);
        Files.writeString(all, read("ec.key.pem") + read("ec.pem") + read("rsa.pem"));
        assertThatThrownBy(() -> Pem.pair(new TlsSettings(all, all)))
                .isInstanceOf(BadPem.class)
                .hasMessageContaining("chain is not valid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.pem    | ec.key.pem          | There is no file",
                "ec.pem      | none.pem            | There is no file",
                "ec.key.pem  | ec.key.pem          | has no certificate in it",
                "ec.pem      | ec.pem              | has no private key in it",
                "ec.pem      | encrypted.key.pem   | is encrypted. Decrypt it with",
                "rsa.pem     | encrypted.pkcs1.pem | is encrypted. Decrypt it with",
                "ec.pem      | rsa.key.pem         | is damaged, or of another kind",
                "ec.pem      | rsa.pkcs1.pem       | is damaged, or of another kind",
                ".           | ec.key.pem          | cannot be read"
            })
    void a_pair_that_cannot_be_used_is_one_sentence(String certificate, String key, String sentence) {
        assertThatThrownBy(() -> Pem.pair(new TlsSettings(TLS.resolve(certificate), TLS.resolve(key))))
                .isInstanceOf(BadPem.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n", "Exception");
    }

    @Test
    void a_key_of_another_certificate_is_told() throws Exception {
        Path other = directory.resolve("other.pem");
        Files.writeString(other, ANOTHER_EC_KEY);
        assertThatThrownBy(() -> Pem.pair(new TlsSettings(TLS.resolve("ec.pem"), other)))
                .isInstanceOf(BadPem.class)
                .hasMessageContaining("does not belong to the first certificate");
    }

    @Test
    void a_garbled_file_is_told_and_never_quoted() throws Exception {
        Path garbled = directory.resolve("garbled.pem");
        String key = read("ec.key.pem");
        for (String text : new String[] {
            key.replaceAll("\n[A-Za-z0-9+/]{40}", "\n"), key.replace("M", "==M"), key.replace("END", "FIN"), "\0\1\2"
        }) {
            Files.writeString(garbled, text);
            assertThatThrownBy(() -> Pem.pair(new TlsSettings(TLS.resolve("ec.pem"), garbled)))
                    .isInstanceOf(BadPem.class)
                    .hasMessageContaining("garbled.pem")
                    .message()
                    .doesNotContain(key.substring(40, 60));
        }
    }

    private static String read(String name) throws IOException {
        return Files.readString(TLS.resolve(name));
    }

    private static final String ANOTHER_EC_KEY = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgDQRD9wQrvVTqEBwv
            UO2yrvK3fZpjYNwoOS4DGEpZP2ChRANCAARUKyqR80qbKKOrN1yD6EWGFSJ82XcT
            r3EYwuiHFNMZTiMCckCCVYLePXe8hEEyXCvWUsM2+eJCThPL7Hqz7/9t
            -----END PRIVATE KEY-----
            """;
}
