package io.spoor.runtime.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseHandler;
import io.javalin.router.Endpoint;
import io.spoor.runtime.CannotStart;
import io.spoor.runtime.Quoted;
import io.spoor.runtime.ReadinessCheck;
import io.spoor.runtime.access.Tokens;
import io.spoor.runtime.meter.Meters;
import io.spoor.runtime.settings.Address;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Closing it takes no new requests, lets those under way end within the drain time, and frees the port;
 * closing twice is harmless. It is opened last and closed first, so that its handlers never meet closed stores.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    /** Bounds memory and file handles; beyond it new connections wait in the listen queue. */
    private static final int MAX_CONNECTIONS = 2_048;

    // Javalin would take URIs that mean different things to different readers. Ours needs one of them: ids may hold a
    // slash,
    // which stands in a path as %2F, and no path here is a file's.
    private static final UriCompliance URIS =
            UriCompliance.DEFAULT.with("spoor", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final Javalin javalin;
    private final Address address;
    private final String scheme;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpServer(Javalin javalin, String scheme, Address address) {
        this.javalin = javalin;
        this.scheme = scheme;
        this.address = address;
    }

    /**
     * Starts to serve.
     *
     * @throws CannotStart when the address cannot be listened on, or others could reach it who need not identify themselves
     */
    public static HttpServer start(
            HttpSettings settings, Tokens tokens, List<Routes> routes, List<ReadinessCheck> checks, Meters meters) {
        refuseOpenDoor(settings, tokens);
        Address bind = settings.bind();
        Certificates certificates = settings.tls() == null ? null : new Certificates(settings.tls());
        Javalin javalin = Javalin.create(config -> {
            serve(config, settings, certificates);
            RequestLifecycle.addTo(config, new Gate(tokens, mayBeOpen(settings)), meters.registry());
            new StandardRoutes(checks, meters).addTo(config.routes);
            routes.forEach(each -> each.addTo(config.routes));
            addHeads(config);
            Gate.requireScopes(endpoints(config));
        });
        try {
            javalin.start();
        } catch (RuntimeException e) {
            throw cannotListen(bind, e);
        }
        Address actual = new Address(bind.host(), javalin.port());
        log.atInfo().addKeyValue("address", actual).log("Serving HTTP");
        return new HttpServer(javalin, settings.tls() == null ? "http" : "https", actual);
    }

    /** Where it really listens: the port is never 0. */
    public Address address() {
        return address;
    }

    /** The same as a URL. */
    public URI uri() {
        return URI.create(scheme + "://" + address);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            javalin.stop();
        }
    }

    private static void serve(JavalinConfig config, HttpSettings settings, @Nullable Certificates certificates) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = threads(settings);
        config.jetty.addConnector((server, http) -> connector(server, http, settings, certificates));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(settings.drainTimeout().toMillis());
            server.insertHandler(new GracefulHandler());
            server.setErrorHandler(new ProblemErrorHandler());
            server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ProblemErrorHandler()));
    }

    private static QueuedThreadPool threads(HttpSettings settings) {
        int min = Math.min(8, settings.threads());
        QueuedThreadPool pool = new QueuedThreadPool(settings.threads(), min, 60_000);
        pool.setName("spoor-http");
        return pool;
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, HttpSettings settings, @Nullable Certificates certificates) {
        http.setUriCompliance(URIS);
        http.setSendServerVersion(false);
        http.addCustomizer(HttpServer::withTheMethodItHas);
        ServerConnector connector = new ServerConnector(server, 1, 1, protocols(http, certificates));
        if (certificates != null) {
            connector.addBean(certificates);
        }
        connector.setHost(settings.bind().host());
        connector.setPort(settings.bind().port());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        return connector;
    }

    private static ConnectionFactory[] protocols(HttpConfiguration http, @Nullable Certificates certificates) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (certificates == null) {
            return new ConnectionFactory[] {plain};
        }
        // Whether the name in the certificate is the one that was asked for is the client's question.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {new SslConnectionFactory(certificates.context(), plain.getProtocol()), plain};
    }

    /** Javalin would take another method from this header than the one that proxies and their logs see. */
    private static Request withTheMethodItHas(Request request, HttpFields.Mutable responseHeaders) {
        if (!request.getHeaders().contains(METHOD_OVERRIDE)) {
            return request;
        }
        HttpFields headers =
                HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    /** Javalin answers HEAD with 200 without asking the handler; a monitor that sends HEAD must see the 503. */
    private static void addHeads(JavalinConfig config) {
        RoutesConfig routes = config.routes;
        List<Endpoint> all = endpoints(config);
        List<String> heads = new ArrayList<>();
        all.stream().filter(e -> e.method.equals(HandlerType.HEAD)).forEach(e -> heads.add(e.path));
        all.stream()
                .filter(e -> e.method.equals(HandlerType.GET))
                .filter(e -> !(e.handler instanceof SseHandler) && !heads.contains(e.path))
                .forEach(e -> routes.addHttpHandler(HandlerType.HEAD, e.path, e.handler, Gate.rolesOf(e)));
    }

    private static List<Endpoint> endpoints(JavalinConfig config) {
        return config.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .toList();
    }

    /** Whether everybody may do everything while there is no token. */
    private static boolean mayBeOpen(HttpSettings settings) {
        return settings.insecure() || isLoopback(settings.bind());
    }

    /**
     * What {@link #start} asks first, for a caller that would rather know it before anything else is started.
     *
     * @throws CannotStart when others could reach the address who need not identify themselves
     */
    public static void refuseOpenDoor(HttpSettings settings, Tokens tokens) {
        if (!mayBeOpen(settings) && tokens.isEmpty()) {
            throw new CannotStart("Anyone who reaches " + settings.bind()
                    + " could read and write logs, because there are no tokens. Make one with `spoor token create`, listen"
                    + " on 127.0.0.1, or accept that with --insecure.");
        }
    }

    private static boolean isLoopback(Address bind) {
        try {
            return InetAddress.getByName(bind.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new CannotStart(
                    "The host " + Quoted.of(bind.host()) + " is not known here. Choose another with --http HOST:PORT.",
                    e);
        }
    }

    private static CannotStart cannotListen(Address bind, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException && cause.getCause() == null) {
                return new CannotStart(sentence(bind, String.valueOf(cause.getMessage())), failure);
            }
        }
        return new CannotStart(
                "The server cannot listen on " + bind + ": " + Quoted.of(String.valueOf(failure)), failure);
    }

    private static String sentence(Address bind, String reason) {
        String port = "Port " + bind.port() + " on " + bind.host();
        if (reason.contains("in use")) {
            return port + " is taken by another process. Free it, or choose another with --http HOST:PORT.";
        }
        if (reason.contains("ermission")) {
            return port + " needs the rights of an administrator. Choose one above 1023 with --http HOST:PORT.";
        }
        return "This machine has no address " + bind.host() + ". Choose one of its own with --http HOST:PORT.";
    }
}
