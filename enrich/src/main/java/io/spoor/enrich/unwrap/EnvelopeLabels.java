package io.spoor.enrich.unwrap;

import io.spoor.enrich.json.JsonPath;
import io.spoor.enrich.json.JsonScan;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What an envelope says of service, host, instance and environment; the first place that says something counts. */
final class EnvelopeLabels {
    private static final String APP_NAME = "app.kubernetes.io/name";

    /** A place to look at; {@code own} ones belong to the line itself where the envelope turns out to be the line. */
    private record Place(JsonPath path, boolean own, UnaryOperator<String> clean) {
        static Place of(String... path) {
            return new Place(JsonPath.of(path), false, UnaryOperator.identity());
        }

        static Place own(String... path) {
            return new Place(JsonPath.of(path), true, UnaryOperator.identity());
        }

        Place cleaned(UnaryOperator<String> how) {
            return new Place(path, own, how);
        }
    }

    private static final List<Place> SERVICE = List.of(
            Place.own("service"),
            Place.own("service", "name"),
            Place.own("service_name"),
            Place.of("fields", "service"),
            Place.of("kubernetes", "labels", APP_NAME),
            Place.of("kubernetes", "labels", "app"),
            Place.of("kubernetes", "pod_labels", APP_NAME),
            Place.of("kubernetes", "pod_labels", "app"),
            Place.of("kubernetes", "container_name"),
            Place.of("kubernetes", "container", "name"),
            Place.of("container_name").cleaned(name -> name.startsWith("/") ? name.substring(1) : name),
            Place.of("_SYSTEMD_UNIT").cleaned(EnvelopeLabels::withoutService),
            Place.of("SYSLOG_IDENTIFIER"));
    private static final List<Place> HOST = List.of(
            Place.of("host"),
            Place.of("host", "name"),
            Place.of("host", "hostname"),
            Place.of("hostname"),
            Place.of("_HOSTNAME"),
            Place.of("kubernetes", "host"),
            Place.of("kubernetes", "pod_node_name"),
            Place.of("kubernetes", "node", "name"));
    private static final List<Place> INSTANCE = List.of(
            Place.own("instance"),
            Place.own("service", "instance", "id"),
            Place.of("fields", "instance"),
            Place.of("kubernetes", "pod_name"),
            Place.of("kubernetes", "pod", "name"),
            Place.of("container_id").cleaned(EnvelopeLabels::shortContainerId));
    private static final List<Place> ENV = List.of(
            Place.own("env"),
            Place.own("environment"),
            Place.of("deployment", "environment", "name"),
            Place.of("deployment", "environment"),
            Place.of("fields", "env"));
    private static final List<JsonPath> FILE =
            List.of(JsonPath.of("file"), JsonPath.of("filename"), JsonPath.of("log", "file", "path"));

    private EnvelopeLabels() {}

    /**
     * Adds to what is known from further out, which goes before.
     *
     * @param isLine whether the envelope is itself the line, so that some of its members are no shipper's labels
     */
    static ShipperLabels of(JsonScan envelope, boolean isLine, ShipperLabels outer) {
        if (outer.complete()) {
            return outer;
        }
        ShipperLabels labels = outer.or(new ShipperLabels(
                outer.env() != null ? null : first(ENV, envelope, isLine),
                outer.host() != null ? null : first(HOST, envelope, isLine),
                outer.service() != null ? null : first(SERVICE, envelope, isLine),
                outer.instance() != null ? null : first(INSTANCE, envelope, isLine)));
        if (labels.service() != null && labels.instance() != null) {
            return labels;
        }
        for (JsonPath path : FILE) {
            @Nullable String file = string(path, envelope);
            labels = file == null ? labels : labels.or(fromFileName(file));
        }
        return labels;
    }

    private static @Nullable String first(List<Place> places, JsonScan envelope, boolean isLine) {
        for (Place place : places) {
            @Nullable String value = isLine && place.own() ? null : string(place.path(), envelope);
            @Nullable
            String label =
                    value == null ? null : ShipperLabels.label(place.clean().apply(value.strip()));
            if (label != null) {
                return label;
            }
        }
        return null;
    }

    private static @Nullable String string(JsonPath path, JsonScan envelope) {
        @Nullable JsonScan hit = envelope.seek(path);
        return hit == null ? null : hit.string(hit.found());
    }

    private static String withoutService(String unit) {
        return unit.endsWith(".service") ? unit.substring(0, unit.length() - ".service".length()) : unit;
    }

    private static String shortContainerId(String id) {
        String bare = id.substring(id.indexOf("://") < 0 ? 0 : id.indexOf("://") + 3);
        return bare.length() > 12 ? bare.substring(0, 12) : bare;
    }

    /** {@code {service}-{instance}-YYYY-MM-DD.log[.gz]}: KiCI's own rotated files. The service's name has no dash. */
    private static ShipperLabels fromFileName(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String bare = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (!bare.endsWith(".log")) {
            return ShipperLabels.NONE;
        }
        String stem = bare.substring(0, bare.length() - 4);
        int date = stem.length() - "-YYYY-MM-DD".length();
        int dash = stem.indexOf('-');
        if (dash < 1 || date <= dash + 1 || !isDate(stem, date)) {
            return ShipperLabels.NONE;
        }
        return new ShipperLabels(
                null,
                null,
                ShipperLabels.label(stem.substring(0, dash)),
                ShipperLabels.label(stem.substring(dash + 1, date)));
    }

    private static boolean isDate(String stem, int from) {
        String form = "-0000-00-00";
        for (int i = 0; i < form.length(); i++) {
            char c = stem.charAt(from + i);
            if (form.charAt(i) == '-' ? c != '-' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
