package io.spoor.runtime.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty itself refuses (a malformed URI, headers too large, a request during shutdown) as a problem, too. */
final class ProblemErrorHandler extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        if (code == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
        }
        response.write(true, ByteBuffer.wrap(body(code, request.getHttpURI().getPath())), callback);
    }

    private static byte[] body(int code, @Nullable String path) {
        return Json.bytes(problem(code).body(path == null ? "" : path));
    }

    private static Problem problem(int code) {
        return switch (code) {
            case 400 ->
                Problem.badRequest(
                        "malformed-request",
                        "Malformed request",
                        "The request line, its URI or a header is not valid HTTP.");
            case 404 -> Problem.notFound("There is nothing here.");
            case 431 -> new Problem(431, "headers-too-large", "Headers too large", "The headers exceed 8192 bytes.");
            case 500 -> Problem.internal();
            case 503 -> Problem.unavailable("The server is shutting down; repeat the request.", 5);
            default ->
                new Problem(
                        code, "http-" + code, String.format(Locale.ROOT, "HTTP %d", code), "The request was refused.");
        };
    }
}
