package dev.whence.query.rest;

import static java.util.Objects.requireNonNull;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Says in the OpenAPI document what holds for every answer and for none by itself: its fields are
 * always there, null where there is nothing to tell, so that whoever reads them by a program made
 * from the document needs no guesses.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class Contract implements OASFilter {
    private static final String BEARER = "bearer";
    private static final String API_KEY = "key";

    /** Questions, and what has the fields that are asked for. */
    private static final Set<String> OPTIONAL = Set.of("UrlItem", "SetsQuestion", "LookupQuestion");

    /** Records that may be null; annotations say it of plain values only. */
    private static final List<Place> NULLABLE =
            List.of(
                    new Place("SetsAnswer", "overlap", "DatasetOverlap"),
                    new Place("VersionAnswer", "counts", "VersionCounts"));

    /** A property of a schema, and the schema of its values. */
    private record Place(String schema, String property, String of) {}

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        schemas.forEach((name, schema) -> {
            if (!OPTIONAL.contains(name) && schema.getProperties() != null) {
                schema.setRequired(new ArrayList<>(schema.getProperties().keySet()));
            }
        });
        tellKeys(document);
        for (Place place : NULLABLE) {
            Schema schema = requireNonNull(schemas.get(place.schema()), place.schema());
            Schema value = OASFactory.createSchema().ref("#/components/schemas/" + place.of());
            Schema none = OASFactory.createSchema().addType(Schema.SchemaType.NULL);
            schema.addProperty(
                    place.property(), OASFactory.createSchema().anyOf(List.of(value, none)));
        }
    }

    /** Whoever has a key may send it with every question, in either way. */
    private static void tellKeys(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("A key, where the access rules ask for one."))
                .addSecurityScheme(
                        API_KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-Api-Key")
                                .description("The same."));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement());
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(BEARER));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(API_KEY));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> {
                    String problem = path.startsWith("/cdx") ? "CdxProblem" : "Unauthenticated";
                    for (Operation operation : item.getOperations().values()) {
                        operation
                                .getResponses()
                                .addAPIResponse("401", OASFactory.createAPIResponse().ref(problem));
                    }
                });
    }
}
