package io.spoor.runtime.settings;

/**
 * Where to listen or to connect.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 0 to 65535; 0 lets the system choose one to listen on
 */
public record Address(String host, int port) {
    public Address {
        if (host.isBlank() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not an address");
        }
    }

    /**
     * Reads {@code HOST:PORT} or {@code [IPv6]:PORT}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Address parse(String text) {
        String address = text.strip();
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no port");
        }
        String host = address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address needs brackets");
        }
        return new Address(host, Integer.parseInt(address.substring(colon + 1)));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
