package io.spoor.runtime.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on or to connect to, written {@code HOST:PORT}; an IPv6 host stands in brackets, as in
 * {@code [::1]:9092}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535; 0 lets the system choose a free one
 */
public record Address(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]/]+)):([0-9]{1,5})");

    public Address {
        Objects.requireNonNull(host);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException with a clause that says what is wrong and shows the form
     */
    public static Address parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not HOST:PORT; write for example 127.0.0.1:7070 or [::1]:7070");
        }
        String host = form.group(1) != null ? form.group(1) : form.group(2);
        return new Address(host, Integer.parseInt(form.group(3)));
    }

    /** The same host with another port. */
    public Address withPort(int newPort) {
        return new Address(host, newPort);
    }

    /** Whether only this machine can reach it. A name that does not resolve is not loopback. */
    public boolean isLoopback() {
        return resolved(InetAddress::isLoopbackAddress);
    }

    /** Whether it stands for all addresses of this machine, as {@code 0.0.0.0} and {@code [::]} do. */
    public boolean isWildcard() {
        return resolved(InetAddress::isAnyLocalAddress);
    }

    private boolean resolved(Predicate<InetAddress> property) {
        InetSocketAddress socket = new InetSocketAddress(host, port);
        return !socket.isUnresolved() && property.test(socket.getAddress());
    }

    /** As the user writes it. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
