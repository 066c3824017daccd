package io.spoor.ingest.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protobuf form, checked as strictly as a parser made from the official definitions would, but without an object for
 * anything: known fields have their wire type, messages end where they say, texts are UTF-8. Unknown fields of a log record
 * stay, of what is around it they go. Source: open-telemetry/opentelemetry-proto, logs/v1 and common/v1.
 */
final class OtlpProtobuf implements OtlpRequest.Form {
    /** Parsers give up at 100 messages within each other; a log record itself is the fourth. */
    private static final int MAX_DEPTH = 90;

    private static final OtlpRequest.Scope NO_SCOPE = new OtlpRequest.Scope(new byte[0], null, List.of());

    /** What a field's bytes are. */
    private enum Type {
        UNKNOWN(-1),
        NUMBER(ProtoReader.VARINT),
        FIXED32(ProtoReader.FIXED32),
        FIXED64(ProtoReader.FIXED64),
        TEXT(ProtoReader.LENGTH),
        BYTES(ProtoReader.LENGTH),
        RESOURCE(ProtoReader.LENGTH),
        SCOPE(ProtoReader.LENGTH),
        LOG_RECORD(ProtoReader.LENGTH),
        KEY_VALUE(ProtoReader.LENGTH),
        ANY_VALUE(ProtoReader.LENGTH),
        ARRAY(ProtoReader.LENGTH),
        KEY_VALUES(ProtoReader.LENGTH),
        ENTITY(ProtoReader.LENGTH);

        private final int wire;

        Type(int wire) {
            this.wire = wire;
        }

        boolean isMessage() {
            return switch (this) {
                case RESOURCE, SCOPE, LOG_RECORD, KEY_VALUE, ANY_VALUE, ARRAY, KEY_VALUES, ENTITY -> true;
                case UNKNOWN, NUMBER, FIXED32, FIXED64, TEXT, BYTES -> false;
            };
        }

        /** What a field of this message is. */
        Type field(int number) {
            return switch (this) {
                case RESOURCE -> at(number, KEY_VALUE, NUMBER, ENTITY);
                case SCOPE -> at(number, TEXT, TEXT, KEY_VALUE, NUMBER);
                case LOG_RECORD ->
                    at(
                            number, FIXED64, NUMBER, TEXT, UNKNOWN, ANY_VALUE, KEY_VALUE, NUMBER, FIXED32, BYTES, BYTES,
                            FIXED64, TEXT);
                case KEY_VALUE -> at(number, TEXT, ANY_VALUE);
                case ANY_VALUE -> at(number, TEXT, NUMBER, NUMBER, FIXED64, ARRAY, KEY_VALUES, BYTES);
                case ARRAY -> at(number, ANY_VALUE);
                case KEY_VALUES -> at(number, KEY_VALUE);
                case ENTITY -> at(number, TEXT, TEXT, TEXT, TEXT);
                case UNKNOWN, NUMBER, FIXED32, FIXED64, TEXT, BYTES -> UNKNOWN;
            };
        }

        private static Type at(int number, Type... fields) {
            return number <= fields.length ? fields[number - 1] : UNKNOWN;
        }
    }

    private final byte[] body;

    OtlpProtobuf(byte[] body) {
        this.body = body;
    }

    @Override
    public void read(OtlpRequest target) throws MalformedBody, TooManyLines {
        ProtoReader request = new ProtoReader(body, 0, body.length);
        while (request.next()) {
            if (request.field() == 1) {
                request.expect(ProtoReader.LENGTH);
                resourceLogs(request.from(), request.to(), target);
            }
        }
    }

    private void resourceLogs(int from, int to, OtlpRequest target) throws MalformedBody, TooManyLines {
        ByteArrayOutputStream about = new ByteArrayOutputStream();
        List<OtlpRequest.Scope> scopes = new ArrayList<>();
        String fault = null;
        int records = 0;
        ProtoReader logs = new ProtoReader(body, from, to);
        while (logs.next()) {
            switch (logs.field()) {
                case 1 -> fault = worse(fault, keep(logs, Type.RESOURCE, about));
                case 2 -> {
                    logs.expect(ProtoReader.LENGTH);
                    OtlpRequest.Scope scope = scopeLogs(logs.from(), logs.to(), records, target);
                    if (!scope.records().isEmpty()) {
                        records += scope.records().size();
                        scopes.add(scope);
                    }
                }
                case 3 -> fault = worse(fault, keep(logs, Type.TEXT, about));
                default -> {}
            }
        }
        target.add(about.toByteArray(), fault, scopes);
    }

    private OtlpRequest.Scope scopeLogs(int from, int to, int before, OtlpRequest target)
            throws MalformedBody, TooManyLines {
        if (from == to) {
            return NO_SCOPE;
        }
        ByteArrayOutputStream about = new ByteArrayOutputStream();
        List<OtlpRequest.Span> records = new ArrayList<>();
        String fault = null;
        ProtoReader logs = new ProtoReader(body, from, to);
        while (logs.next()) {
            switch (logs.field()) {
                case 1 -> fault = worse(fault, keep(logs, Type.SCOPE, about));
                case 2 -> {
                    logs.expect(ProtoReader.LENGTH);
                    target.expectRoomFor(before + records.size() + 1);
                    String recordFault = check(Type.LOG_RECORD, logs.from(), logs.to(), 0);
                    records.add(new OtlpRequest.Span(logs.from(), logs.to(), recordFault));
                }
                case 3 -> fault = worse(fault, keep(logs, Type.TEXT, about));
                default -> {}
            }
        }
        return new OtlpRequest.Scope(about.toByteArray(), fault, records);
    }

    /** Checks a field and copies it, tag and all. */
    private @Nullable String keep(ProtoReader in, Type type, ByteArrayOutputStream about) throws MalformedBody {
        String fault = check(type, in, 0);
        about.write(body, in.tagFrom(), in.to() - in.tagFrom());
        return fault;
    }

    private @Nullable String check(Type type, int from, int to, int depth) throws MalformedBody {
        if (depth == MAX_DEPTH) {
            return RefusedLine.TOO_DEEP;
        }
        String fault = null;
        ProtoReader message = new ProtoReader(body, from, to);
        while (message.next()) {
            fault = worse(fault, check(type.field(message.field()), message, depth + 1));
        }
        return fault;
    }

    private @Nullable String check(Type type, ProtoReader in, int depth) throws MalformedBody {
        if (type == Type.UNKNOWN) {
            return null;
        }
        in.expect(type.wire);
        if (type.isMessage()) {
            return check(type, in.from(), in.to(), depth);
        }
        return type == Type.TEXT && !isUtf8(in.from(), in.to()) ? RefusedLine.INVALID_UTF8 : null;
    }

    private static @Nullable String worse(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private boolean isUtf8(int from, int to) {
        int at = from;
        while (at < to && body[at] >= 0) {
            at++;
        }
        if (at == to) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, at, to - at));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public byte[] write(byte[] resource, List<OtlpRequest.Scope> scopes) {
        ProtoWriter logs = new ProtoWriter();
        logs.raw(resource, 0, resource.length);
        for (OtlpRequest.Scope scope : scopes) {
            ProtoWriter scopeLogs = new ProtoWriter();
            scopeLogs.raw(scope.about(), 0, scope.about().length);
            for (OtlpRequest.Span record : scope.records()) {
                scopeLogs.bytes(2, body, record.from(), record.to());
            }
            logs.message(2, scopeLogs);
        }
        ProtoWriter request = new ProtoWriter();
        request.message(1, logs);
        return request.toByteArray();
    }
}
