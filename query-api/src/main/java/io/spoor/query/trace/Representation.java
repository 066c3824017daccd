package io.spoor.query.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a trace is answered; of equally welcome ones the first. */
enum Representation {
    JSON("application", "json"),
    NDJSON("application", "x-ndjson");

    private final String type;
    private final String subtype;

    Representation(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    String mediaType() {
        return type + '/' + subtype;
    }

    /**
     * The form that an {@code Accept} header prefers (RFC 9110 §12.5.1), or nothing where it takes neither.
     *
     * @param accept the header's value, several lines joined by commas; blank where there is none
     */
    static Optional<Representation> preferred(String accept) {
        if (accept.isBlank()) {
            return Optional.of(JSON);
        }
        List<Range> ranges = new ArrayList<>();
        for (String range : accept.split(",", -1)) {
            ranges.add(Range.of(range));
        }
        Representation best = null;
        double most = 0;
        for (Representation each : values()) {
            double quality = ranges.stream()
                    .filter(range -> range.precision(each) > 0)
                    .max(Comparator.comparingInt(range -> range.precision(each)))
                    .map(Range::quality)
                    .orElse(0.0);
            if (quality > most) {
                best = each;
                most = quality;
            }
        }
        return Optional.ofNullable(best);
    }

    /** One of the media ranges of the header. A weight that is none counts as 1. */
    private record Range(String type, String subtype, double quality) {
        static Range of(String text) {
            String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
            String[] names = parts[0].strip().split("/", -1);
            double quality = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip();
                if (parameter.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
                    quality = Double.parseDouble(parameter.substring(2));
                }
            }
            return new Range(names[0], names.length == 2 ? names[1] : "", quality);
        }

        /** How precisely this range names a form; 0 where it does not. */
        int precision(Representation form) {
            if (type.equals(form.type)) {
                return subtype.equals(form.subtype) ? 3 : subtype.equals("*") ? 2 : 0;
            }
            return type.equals("*") && subtype.equals("*") ? 1 : 0;
        }
    }
}
