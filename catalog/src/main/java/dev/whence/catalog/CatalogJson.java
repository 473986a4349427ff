package dev.whence.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;

/**
 * Records of the catalog as JSON: snake_case, ISO 8601 times, a {@code format} number in each.
 * Fields that this code does not know are left alone (a newer writer may add some); a newer format
 * is refused. A component that may be null may be absent, and then is null: that is how a field is
 * added which older objects of the same format do not have. Every other component must be there.
 */
final class CatalogJson<T> {
    static final int FORMAT = 1;

    /** Of objects with merges, which a reader of format 1 would leave out. */
    static final int FORMAT_WITH_MERGES = 2;

    /** Of tables with queues, which a reader of format 2 would leave out. */
    static final int FORMAT_WITH_QUEUES = 3;

    private static final Map<Class<?>, Integer> NEWEST =
            Map.of(LogEntry.class, FORMAT_WITH_MERGES, DatasetTable.class, FORMAT_WITH_QUEUES);

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .annotationIntrospector(new NullableIsOptional())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final Class<T> type;
    private final int newest;

    CatalogJson(Class<T> type) {
        this.type = type;
        this.newest = NEWEST.getOrDefault(type, FORMAT);
    }

    byte[] write(T value) {
        try {
            return MAPPER.writerFor(type).writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + type.getSimpleName() + " as JSON", e);
        }
    }

    T read(String key, byte[] json) throws CorruptCatalogException {
        try {
            var tree = MAPPER.readTree(json);
            int format = tree.path("format").asInt(0);
            String problem =
                    "expected format %s, found %d"
                            .formatted(
                                    newest == FORMAT ? "" + FORMAT : FORMAT + " to " + newest,
                                    format);
            if (format > newest) {
                throw new CatalogTooNewException(key, problem + "; a newer Whence has written it");
            }
            if (format < FORMAT) {
                throw new CorruptCatalogException(key, problem, null);
            }
            return MAPPER.treeToValue(tree, type);
        } catch (CorruptCatalogException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptCatalogException(key, "not a " + type.getSimpleName() + " in JSON", e);
        }
    }
}
