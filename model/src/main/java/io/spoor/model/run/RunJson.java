package io.spoor.model.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Runs as JSON, the form in which the run store keeps them. */
public final class RunJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Run.class);
    private static final ObjectReader READER = MAPPER.readerFor(Run.class);

    private RunJson() {}

    public static byte[] write(Run run) {
        try {
            return WRITER.writeValueAsBytes(run);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A run that cannot be written", e);
        }
    }

    /** Throws {@link IllegalArgumentException} for bytes that are not a run. */
    public static Run read(byte[] json) {
        try {
            return READER.readValue(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a run: " + e.getMessage(), e);
        }
    }
}
