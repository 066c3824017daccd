package io.spoor.app.broker;

import io.spoor.app.Failure;
import io.spoor.runtime.settings.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Addresses to listen on, tried before Kafka tries them: Kafka would report a taken port by a stack trace. */
final class Ports {
    private Ports() {}

    /**
     * The address itself if it is free, with a port chosen by the system where it says 0.
     *
     * @throws Failure if it is taken, or not an address of this machine
     */
    static Address free(Address wanted) {
        InetSocketAddress address = new InetSocketAddress(wanted.host(), wanted.port());
        if (address.isUnresolved()) {
            throw new Failure("Cannot listen on " + wanted + ": the name " + wanted.host()
                    + " does not resolve. Choose another address with --kafka.");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // A connection of the last run that is still in TIME_WAIT is no obstacle, to Kafka neither.
            socket.setReuseAddress(true);
            socket.bind(address);
            return wanted.withPort(socket.getLocalPort());
        } catch (java.net.BindException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.startsWith("Address already in use")) {
                throw new Failure(
                        "Port " + wanted.port() + " on " + wanted.host()
                                + " is taken by another process. Free it, or choose another with --kafka.",
                        e);
            }
            throw new Failure("Cannot listen on " + wanted + ": " + reason + ". Choose another with --kafka.", e);
        } catch (IOException e) {
            throw new Failure("Cannot listen on " + wanted + ": " + e.getMessage() + ".", e);
        }
    }

    /** What clients are told to connect to: Kafka cannot tell them "every address", so then it is this machine's name. */
    static Address reachable(Address listen) {
        if (!listen.isWildcard()) {
            return listen;
        }
        try {
            return new Address(InetAddress.getLocalHost().getCanonicalHostName(), listen.port());
        } catch (UnknownHostException e) {
            throw new Failure(
                    "Cannot find a name of this machine to give to Kafka clients. Write it in place of " + listen.host()
                            + " with --kafka.",
                    e);
        }
    }
}
