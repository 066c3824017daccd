package io.spoor.app.client;

import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Option;

/** {@code --server}, shared by all commands that ask a running Spoor. */
public final class ServerOption {

    static final String DEFAULT = "http://127.0.0.1:7070";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:SPOOR_SERVER:-" + DEFAULT + "}",
            description = {"Where Spoor answers. Default: SPOOR_SERVER, else", DEFAULT + "."})
    private String server = DEFAULT;

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
