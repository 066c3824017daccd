package io.spoor.runtime.http;

import io.spoor.runtime.CannotStart;
import io.spoor.runtime.access.FileVersion;
import java.nio.channels.SelectableChannel;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate, replaced when its files have changed. They are looked at when a connection comes in, at most once
 * a second, so that this very connection gets the new one; while the pair on disk is broken, or only one half of it is new,
 * the one before goes on.
 */
final class Certificates implements SelectorManager.AcceptListener {
    private static final Logger log = LoggerFactory.getLogger(Certificates.class);
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final TlsSettings files;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    private volatile List<FileVersion> versions;

    /** @throws CannotStart when the pair cannot be used */
    Certificates(TlsSettings files) {
        this.files = files;
        versions = versions();
        try {
            use(context, Pem.pair(files));
        } catch (BadPem e) {
            throw new CannotStart(e.sentence(), e);
        }
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    }

    SslContextFactory.Server context() {
        return context;
    }

    private static void use(SslContextFactory context, KeyStore pair) {
        context.setKeyStore(pair);
        context.setKeyStorePassword("");
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        long now = System.nanoTime();
        long last = lookedAt.get();
        if (now - last >= LOOK_AGAIN_NANOS && lookedAt.compareAndSet(last, now)) {
            look();
        }
    }

    private void look() {
        List<FileVersion> found = versions();
        if (found.equals(versions)) {
            return;
        }
        versions = found;
        try {
            KeyStore pair = Pem.pair(files);
            context.reload(factory -> use(factory, pair));
            log.atInfo().addKeyValue("file", files.certificate()).log("Read the certificate again");
        } catch (BadPem e) {
            log.atWarn()
                    .addKeyValue("reason", e.sentence())
                    .log("The certificate cannot be used; the one before goes on");
        } catch (Exception e) { // as reload declares it
            log.atWarn().setCause(e).log("The certificate cannot be used; the one before goes on");
        }
    }

    private List<FileVersion> versions() {
        return List.of(FileVersion.of(files.certificate()), FileVersion.of(files.key()));
    }
}
