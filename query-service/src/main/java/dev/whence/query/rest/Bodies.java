package dev.whence.query.rest;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/**
 * Bodies of questions, read strictly: what a call would leave out, or take for something else, is
 * refused as an unknown parameter is.
 */
@Singleton
final class Bodies {
    /** Room for 10,000 long domains. The framework ends what is twice as large by itself. */
    private static final int LARGEST_BYTES = 4 << 20;

    private final JsonMapper json =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            config ->
                                    config.setCoercion(
                                                    CoercionInputShape.Integer, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Float, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Boolean,
                                                    CoercionAction.Fail))
                    .build();

    <T> T read(byte[] body, Class<T> type) {
        if (body.length > LARGEST_BYTES) {
            throw new WebApplicationException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        try {
            T question = json.readValue(body, type);
            if (question != null) {
                return question;
            }
        } catch (UnrecognizedPropertyException e) {
            throw new BadParameterException(
                    "The body has no field '%s'; those it has are in /openapi."
                            .formatted(Parameters.shown(e.getPropertyName())));
        } catch (JsonMappingException e) {
            throw new BadParameterException(
                    "The body is not what this call takes, at %s; see /openapi."
                            .formatted(place(e)));
        } catch (IOException e) {
            throw new BadParameterException("The body is no JSON; see /openapi.");
        }
        throw new BadParameterException("The body is null; see /openapi for what it holds.");
    }

    private static String place(JsonMappingException e) {
        if (e.getPath().isEmpty()) {
            return "its beginning";
        }
        JsonMappingException.Reference first = e.getPath().getFirst();
        return "'" + Parameters.shown(String.valueOf(first.getFieldName())) + "'";
    }
}
