package io.spoor.query.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepresentationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "''                                                    | JSON",
                "*/*                                                   | JSON",
                "application/*                                         | JSON",
                "application/json                                      | JSON",
                "Application/JSON; charset=utf-8                       | JSON",
                "application/x-ndjson                                  | NDJSON",
                "APPLICATION/X-NDJSON                                  | NDJSON",
                "application/json;q=1, application/x-ndjson;q=0.5      | JSON",
                "application/json;q=0.2, application/x-ndjson;q=0.5    | NDJSON",
                "application/x-ndjson, application/json                | JSON",
                "application/x-ndjson, */*;q=0.1                       | NDJSON",
                "*/*, application/json;q=0                             | NDJSON",
                "application/*;q=0.3, application/x-ndjson;q=0.2       | JSON",
                "text/html, */*;q=0.8                                  | JSON",
                "application/x-ndjson;v=2;q=0.5, application/json;q=.9 | JSON",
                "application/x-ndjson;q=nonsense                       | NDJSON",
                "application/json;q=0                                  | none",
                "text/html                                             | none",
                "nonsense, , ;q=1                                      | none",
            })
    void the_form_is_the_one_that_the_header_prefers(String accept, @Nullable Representation preferred) {
        assertThat(Representation.preferred(accept).orElse(null)).isEqualTo(preferred);
    }
}
