package io.spoor.ingest.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form, which is not quite protobuf's: ids are hexadecimal, enums are numbers only, names are lowerCamelCase only.
 * Integers of 64 bits come as strings or numbers, {@code null} is as if left out, unknown members are skipped. What is known
 * must be of its type, or the whole request is malformed. Source: opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding".
 */
final class OtlpJson implements OtlpRequest.Form {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] body;

    OtlpJson(byte[] body) {
        this.body = body;
    }

    /** Reads the value of one known member, which is not null. */
    private interface Reading {
        void member(String name) throws IOException, MalformedBody, TooManyLines;
    }

    /** Reads one element, which is an object. */
    private interface Element {
        void read() throws IOException, MalformedBody, TooManyLines;
    }

    @Override
    public void read(OtlpRequest target) throws MalformedBody, TooManyLines {
        // Positions are only told in UTF-8 and without a byte order mark, and the protocol has no other encoding.
        int first = Bytes.skipSpace(body, 0, body.length);
        if (first == body.length || body[first] != '{' || (first + 1 < body.length && body[first + 1] == 0)) {
            throw new MalformedBody(first, "expected an object");
        }
        try (JsonParser parser = JSON.createParser(body)) {
            new Walk(parser, target).request();
        } catch (JsonProcessingException e) {
            long position =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new MalformedBody(position, Label.withoutControls(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One pass over the body; each method begins at a value's first token and ends at its last. */
    private final class Walk {
        private final JsonParser parser;
        private final OtlpRequest target;

        /** Log records of the resource that is being read. */
        private int pending;

        Walk(JsonParser parser, OtlpRequest target) {
            this.parser = parser;
            this.target = target;
        }

        void request() throws IOException, MalformedBody, TooManyLines {
            parser.nextToken();
            object(name -> {
                if (name.equals("resourceLogs")) {
                    list(this::resourceLogs);
                } else {
                    parser.skipChildren();
                }
            });
            if (parser.nextToken() != null) {
                throw malformed("nothing after the object");
            }
        }

        private void resourceLogs() throws IOException, MalformedBody, TooManyLines {
            ByteArrayOutputStream about = new ByteArrayOutputStream();
            List<OtlpRequest.Scope> scopes = new ArrayList<>();
            object(name -> {
                switch (name) {
                    case "resource" -> keep(name, about, () -> object(this::attributed));
                    case "schemaUrl" -> keep(name, about, this::text);
                    case "scopeLogs" -> list(() -> scopeLogs(scopes));
                    default -> parser.skipChildren();
                }
            });
            pending = 0;
            target.add(about.toByteArray(), null, scopes);
        }

        private void scopeLogs(List<OtlpRequest.Scope> scopes) throws IOException, MalformedBody, TooManyLines {
            ByteArrayOutputStream about = new ByteArrayOutputStream();
            List<OtlpRequest.Span> records = new ArrayList<>();
            object(name -> {
                switch (name) {
                    case "scope" -> keep(name, about, () -> object(this::attributed));
                    case "schemaUrl" -> keep(name, about, this::text);
                    case "logRecords" ->
                        list(() -> {
                            target.expectRoomFor(++pending);
                            int from = begins();
                            object(this::logRecord);
                            records.add(new OtlpRequest.Span(from, ends(), null));
                        });
                    default -> parser.skipChildren();
                }
            });
            if (!records.isEmpty()) {
                scopes.add(new OtlpRequest.Scope(about.toByteArray(), null, records));
            }
        }

        /** A resource's or a scope's members. */
        private void attributed(String name) throws IOException, MalformedBody, TooManyLines {
            switch (name) {
                case "attributes" -> list(() -> object(this::keyValue));
                case "name", "version" -> text();
                default -> parser.skipChildren();
            }
        }

        private void logRecord(String name) throws IOException, MalformedBody, TooManyLines {
            switch (name) {
                case "timeUnixNano", "observedTimeUnixNano" -> number("nanoseconds", Long::parseUnsignedLong);
                case "severityText", "eventName", "traceId", "spanId" -> text();
                case "attributes" -> list(() -> object(this::keyValue));
                case "body" -> object(this::anyValue);
                default -> parser.skipChildren();
            }
        }

        private void keyValue(String name) throws IOException, MalformedBody, TooManyLines {
            switch (name) {
                case "key" -> text();
                case "value" -> object(this::anyValue);
                default -> parser.skipChildren();
            }
        }

        private void anyValue(String name) throws IOException, MalformedBody, TooManyLines {
            switch (name) {
                case "stringValue" -> text();
                case "boolValue" -> {
                    if (!parser.currentToken().isBoolean()) {
                        throw malformed("true or false");
                    }
                }
                case "intValue" -> number("an integer of 64 bits", Long::parseLong);
                case "doubleValue" -> number("a number", Double::parseDouble);
                case "bytesValue" -> {
                    text();
                    parser.getBinaryValue();
                }
                case "arrayValue" -> object(member -> values(member, () -> object(this::anyValue)));
                case "kvlistValue" -> object(member -> values(member, () -> object(this::keyValue)));
                default -> parser.skipChildren();
            }
        }

        private void values(String name, Element element) throws IOException, MalformedBody, TooManyLines {
            if (name.equals("values")) {
                list(element);
            } else {
                parser.skipChildren();
            }
        }

        private void object(Reading reading) throws IOException, MalformedBody, TooManyLines {
            expect(JsonToken.START_OBJECT, "an object");
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() != JsonToken.VALUE_NULL) {
                    reading.member(name);
                }
            }
        }

        private void list(Element element) throws IOException, MalformedBody, TooManyLines {
            expect(JsonToken.START_ARRAY, "an array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(JsonToken.START_OBJECT, "an object");
                element.read();
            }
        }

        private void text() throws MalformedBody {
            expect(JsonToken.VALUE_STRING, "a string");
        }

        private interface Parsing {
            @SuppressWarnings("UnusedReturnValue")
            Object parse(String text);
        }

        private void number(String what, Parsing parsing) throws IOException, MalformedBody {
            if (!parser.currentToken().isNumeric() && parser.currentToken() != JsonToken.VALUE_STRING) {
                throw malformed(what);
            }
            try {
                parsing.parse(parser.getText());
            } catch (IllegalArgumentException e) {
                throw malformed(what);
            }
        }

        /** Reads a member and copies it, name and all. */
        private void keep(String name, ByteArrayOutputStream about, Element reading)
                throws IOException, MalformedBody, TooManyLines {
            int from = begins();
            reading.read();
            about.writeBytes(("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII));
            about.write(body, from, ends() - from);
            about.write(',');
        }

        private int begins() {
            return (int) parser.currentTokenLocation().getByteOffset();
        }

        private int ends() throws IOException {
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        }

        private void expect(JsonToken token, String what) throws MalformedBody {
            if (parser.currentToken() != token) {
                throw malformed(what);
            }
        }

        private MalformedBody malformed(String expected) {
            return new MalformedBody(parser.currentTokenLocation().getByteOffset(), "expected " + expected);
        }
    }

    @Override
    public byte[] write(byte[] resource, List<OtlpRequest.Scope> scopes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ascii(out, "{\"resourceLogs\":[{");
        out.writeBytes(resource);
        ascii(out, "\"scopeLogs\":[");
        for (int i = 0; i < scopes.size(); i++) {
            OtlpRequest.Scope scope = scopes.get(i);
            ascii(out, i == 0 ? "{" : ",{");
            out.writeBytes(scope.about());
            ascii(out, "\"logRecords\":[");
            for (int r = 0; r < scope.records().size(); r++) {
                OtlpRequest.Span record = scope.records().get(r);
                ascii(out, r == 0 ? "" : ",");
                out.write(body, record.from(), record.length());
            }
            ascii(out, "]}");
        }
        ascii(out, "]}]}");
        return out.toByteArray();
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
