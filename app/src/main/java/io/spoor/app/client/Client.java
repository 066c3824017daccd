package io.spoor.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spoor.app.ExitCode;
import io.spoor.app.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to a running Spoor. Every answer is read whole except {@link #open}'s; every failure comes out as
 * {@link Failure}, one sentence that says what to do.
 */
public final class Client {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int GZIP_FROM = 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_FOUND = 404;
    private static final int LATE = 408;

    private final URI server;
    private final Retry retry;
    private final @Nullable String token;
    private final HttpClient http;

    /**
     * Makes a client; it connects when it is asked.
     *
     * @param server without a trailing slash, see {@link ServerOption#client}
     * @param token the secret to show; {@code null} comes as nobody
     * @param tls whom to trust; {@code null} trusts whom Java trusts
     */
    public Client(URI server, Retry retry, @Nullable String token, @Nullable SSLContext tls) {
        this.server = server;
        this.retry = retry;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        this.http = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    /**
     * Delivers a body and asks again while the server is away or busy; the same lines may then arrive twice, which
     * Spoor's readers fold.
     *
     * @param path path and query, beginning with a slash
     * @param length how many bytes of {@code body} to send
     * @return the server's answer, also when it is a refusal
     */
    public Answer post(String path, String contentType, byte[] body, int length) {
        HttpRequest.Builder request = request(path).header("Content-Type", contentType);
        if (length > GZIP_FROM) {
            request.header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(gzip(body, length)));
        } else {
            request.POST(BodyPublishers.ofByteArray(body, 0, length));
        }
        return ask(request.build(), BodyHandlers.ofByteArray(), true).read();
    }

    /** Asks for a JSON answer; while the server is busy or not ready, asks again. */
    Answer get(String path) {
        HttpRequest request =
                request(path).header("Accept", "application/json").GET().build();
        return ask(request, BodyHandlers.ofByteArray(), false).read();
    }

    /** Like {@link #get}, but the answer is read while it comes. The caller closes it. */
    HttpResponse<InputStream> open(String path, String accept) {
        HttpRequest request = request(path).header("Accept", accept).GET().build();
        return ask(request, BodyHandlers.ofInputStream(), false).response();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(REQUEST_TIMEOUT)
                .header("User-Agent", "spoor");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private <T> Reply<T> ask(HttpRequest request, HttpResponse.BodyHandler<T> handler, boolean evenIfAway) {
        Duration waited = Duration.ZERO;
        for (int failed = 1; ; failed++) {
            HttpResponse<T> response = null;
            Failure failure = null;
            try {
                response = http.send(request, handler);
                if (!(evenIfAway ? mayPass(response.statusCode()) : mayChange(response))) {
                    return new Reply<>(response);
                }
            } catch (HttpTimeoutException e) {
                failure = new Failure(
                        ExitCode.INCOMPLETE, "No answer came from " + server + " in time. Try again later.", e);
            } catch (SSLException e) {
                throw new Failure(noTrust(e), e);
            } catch (IOException e) {
                failure = new Failure(nothingAnswers(), e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            Duration wait = failure != null && !evenIfAway
                    ? null
                    : retry.after(failed, waited, response == null ? null : retryAfter(response));
            if (wait == null) {
                if (response != null) {
                    return new Reply<>(response);
                }
                throw failure == null ? new IllegalStateException("neither answer nor failure") : failure;
            }
            if (response != null && response.body() instanceof InputStream stream) {
                discard(stream);
            }
            try {
                retry.pause().of(wait);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            waited = waited.plus(wait);
        }
    }

    /** Busy, not ready, or not found while lines are still under way. */
    private static boolean mayChange(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> true;
            case NOT_FOUND -> retryAfter(response) != null;
            default -> false;
        };
    }

    /** What ends by itself, also in the words of a proxy that finds nobody behind it. */
    private static boolean mayPass(int status) {
        return switch (status) {
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS, LATE, 500, 502, 504 -> true;
            default -> false;
        };
    }

    private String nothingAnswers() {
        return "Nothing answers at " + server + ". Start Spoor with `./spoor up`, or name another with --server.";
    }

    private String noTrust(SSLException e) {
        return "There is no safe connection to " + server + ": " + SafeText.quoted(String.valueOf(e.getMessage()))
                + ". If its certificate is not one that Java trusts, name who signed it with --ca FILE.";
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure("Interrupted.", e);
    }

    private static void discard(InputStream stream) {
        try (stream) {
            stream.skip(Long.MAX_VALUE);
        } catch (IOException e) {
            // The answer was already given up; a connection that breaks now costs nothing.
        }
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("");
        return text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }

    private static byte[] gzip(byte[] body, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private record Reply<T>(HttpResponse<T> response) {
        Answer read() {
            return new Answer(response.statusCode(), (byte[]) response.body());
        }
    }

    /**
     * What the server said.
     *
     * @param status HTTP status
     * @param body as sent, JSON unless something else answered at this address
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    public record Answer(int status, byte[] body) {

        public boolean ok() {
            return status / 100 == 2;
        }

        /** The body as a tree; {@link Failure} when it is no JSON object. */
        public JsonNode json() {
            try {
                JsonNode tree = JSON.readTree(body);
                if (tree != null && tree.isObject()) {
                    return tree;
                }
            } catch (JsonProcessingException e) {
                // Said below: who sent it matters more than where its JSON breaks.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new Failure("The answer (HTTP " + status + ") is not Spoor's. Is --server right?");
        }

        /** The problem of a refusal (RFC 9457) as one sentence. */
        public String problem() {
            String said = "";
            try {
                JsonNode tree = JSON.readTree(body);
                if (tree != null) {
                    said = tree.path("detail").asText(tree.path("title").asText(""));
                }
            } catch (IOException e) {
                // Not problem+json: the status has to do.
            }
            String sentence = said.isBlank() ? "The server answered HTTP " + status : SafeText.quoted(said);
            String whole = sentence.endsWith(".") ? sentence : sentence + ".";
            return status == UNAUTHORIZED ? whole + " Set SPOOR_TOKEN, or name a file with --token-file." : whole;
        }

        /** This refusal as the end of the command. */
        public Failure failure() {
            int exitCode = switch (status) {
                case 400 -> ExitCode.USAGE;
                case NOT_FOUND -> ExitCode.NOT_FOUND;
                case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE, 504 -> ExitCode.INCOMPLETE;
                default -> ExitCode.FAILED;
            };
            return new Failure(exitCode, problem(), null);
        }
    }
}
