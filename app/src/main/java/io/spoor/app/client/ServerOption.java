package io.spoor.app.client;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import io.spoor.runtime.http.BadPem;
import io.spoor.runtime.http.Pem;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --server} and how to identify there, shared by all commands that ask a running Spoor. */
public final class ServerOption {

    static final String DEFAULT = "http://127.0.0.1:7070";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:SPOOR_SERVER:-" + DEFAULT + "}",
            description = {"Where Spoor answers. Default: SPOOR_SERVER, else", DEFAULT + "."})
    private String server = DEFAULT;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The token to identify with is in this file. Default: SPOOR_TOKEN.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust https servers whose certificate one of these signed (PEM).")
    private @Nullable Path ca;

    /** The way to the server; {@link Failure} with exit code 2 when an option is wrong. */
    public Client client(Retry retry) {
        return new Client(uri(), retry, token(System.getenv("SPOOR_TOKEN")), ca == null ? null : trusting(ca));
    }

    /** From the file, else the variable; null when neither has any. */
    private @Nullable String token(@Nullable String variable) {
        String from = "SPOOR_TOKEN";
        String token = variable == null ? "" : variable.strip();
        if (tokenFile != null) {
            from = SafeText.quoted(tokenFile.toString());
            try {
                token = Files.readString(tokenFile).strip();
            } catch (IOException e) {
                throw new Failure(ExitCode.USAGE, "--token-file " + from + " cannot be read.", e);
            }
            if (token.isEmpty()) {
                throw new Failure(ExitCode.USAGE, "--token-file " + from + " is empty.", null);
            }
        }
        if (!token.matches("[!-~]*")) {
            throw new Failure(
                    ExitCode.USAGE, from + " is no token: it holds more than one word of plain letters.", null);
        }
        return token.isEmpty() ? null : token;
    }

    private static SSLContext trusting(Path file) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (Certificate certificate : Pem.certificates(file)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (BadPem e) {
            throw new Failure(ExitCode.USAGE, "--ca: " + e.sentence(), e);
        } catch (GeneralSecurityException | IOException e) {
            throw new Failure(ExitCode.USAGE, "--ca " + SafeText.quoted(file.toString()) + " cannot be used.", e);
        }
    }

    /** What {@code --server} said, or would have said. */
    public void set(String address) {
        server = address;
    }

    /** The address without a trailing slash; {@link Failure} with exit code 2 when it is none. */
    public URI uri() {
        String text = server.isBlank() ? DEFAULT : server.strip();
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, in the same words as for any other address that does not fit.
        }
        throw new Failure(
                ExitCode.USAGE,
                "--server is \"" + SafeText.quoted(text) + "\"; write an address such as " + DEFAULT + ".",
                null);
    }
}
