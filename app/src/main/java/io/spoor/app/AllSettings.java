package io.spoor.app;

import io.spoor.aggregate.AggregateSettings;
import io.spoor.enrich.EnrichSettings;
import io.spoor.ingest.IngestSettings;
import io.spoor.query.QuerySettings;
import io.spoor.runtime.access.AccessSettings;
import io.spoor.runtime.http.HttpSettings;
import io.spoor.runtime.kafka.KafkaSettings;
import io.spoor.runtime.settings.SettingsReader;
import java.nio.file.Path;

/**
 * All that the services are told.
 *
 * @param data the data directory
 */
public record AllSettings(
        Path data,
        KafkaSettings kafka,
        HttpSettings http,
        AccessSettings access,
        IngestSettings ingest,
        EnrichSettings enrich,
        AggregateSettings aggregate,
        QuerySettings query) {
    public static AllSettings from(SettingsReader reader) {
        return new AllSettings(
                reader.path("spoor.data"),
                KafkaSettings.from(reader),
                HttpSettings.from(reader),
                AccessSettings.from(reader),
                IngestSettings.from(reader),
                EnrichSettings.from(reader),
                AggregateSettings.from(reader),
                QuerySettings.from(reader));
    }
}
