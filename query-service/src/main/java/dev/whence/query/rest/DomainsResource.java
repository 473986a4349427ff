package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.rest.json.DomainsAnswer;
import dev.whence.query.view.DomainNamesPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which domains there are. */
@Path("/v1/domains")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Domains")
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class DomainsResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    private final Answers answers;

    @Inject
    DomainsResource(Answers answers) {
        this.answers = answers;
    }

    /** Domains by prefix. */
    @GET
    @Operation(
            operationId = "listDomains",
            summary = "Domains that begin with a prefix and that a dataset holds",
            description =
                    "In the order of their bytes. To read them all, pass each next_cursor back"
                            + " until it is null; a page may be short, even empty, before that.")
    @APIResponse(responseCode = "200", description = "Also when there is none.")
    public RestResponse<DomainsAnswer> list(
            @Parameter(
                            description =
                                    "What the domains begin with, in ASCII; without it, all"
                                            + " domains.",
                            example = "exam",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("prefix")
                    @Nullable String prefix,
            @Parameter(
                            description = "The most domains in a page.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") @Nullable String cursor,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        String begin = Parameters.domainPrefix(prefix);
        int most = (int) Parameters.number("limit", limit, 1, MOST, DEFAULT_LIMIT);
        String list = "domains " + begin;
        NamePage page = NamePage.of(cursor, version, answers.seal(), list);
        return answers.answer(
                "domains",
                page.version(),
                known,
                view -> view.beginningWith(begin),
                (view, domains) -> {
                    DomainNamesPage found = domains.page(page.after(), most);
                    return new DomainsAnswer(
                            view.holdings(found.domains()).stream()
                                    .map(DomainsAnswer.Item::of)
                                    .toList(),
                            NamePage.next(view, found.next(), list),
                            view.number());
                });
    }
}
