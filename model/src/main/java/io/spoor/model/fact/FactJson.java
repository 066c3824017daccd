package io.spoor.model.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Facts as JSON: {@code {"at":…,"runId":"…","source":"LINE","change":{"is":"run-ended","outcome":"FAILED",…}}}. */
public final class FactJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Fact.class);
    private static final ObjectReader READER = MAPPER.readerFor(Fact.class);

    private FactJson() {}

    public static byte[] write(Fact fact) {
        try {
            return WRITER.writeValueAsBytes(fact);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A fact that cannot be written", e);
        }
    }

    /** Throws {@link IllegalArgumentException} for bytes that are not a fact. */
    public static Fact read(byte[] json) {
        try {
            Fact fact = READER.readValue(json);
            if (fact == null) {
                throw new IllegalArgumentException("Not a fact: null");
            }
            return fact;
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a fact: " + e.getMessage(), e);
        }
    }
}
