package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.listing.HostPage;
import dev.whence.query.listing.HostPages;
import dev.whence.query.rest.json.DomainAnswer;
import dev.whence.query.rest.json.HostsAnswer;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.View;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which datasets hold a domain, and which hosts it has. */
@Path("/v1/domain/{domain}")
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
public final class DomainResource {
    private static final int DEFAULT_HOSTS = 100;
    private static final int MOST_HOSTS = 1_000;

    private final Answers answers;
    private final CanonicalNames names;
    private final CallMetrics metrics;

    @Inject
    DomainResource(Answers answers, CanonicalNames names, CallMetrics metrics) {
        this.answers = answers;
        this.names = names;
        this.metrics = metrics;
    }

    /** The datasets of a domain. */
    @GET
    @Operation(
            operationId = "lookUpDomain",
            summary = "The datasets that hold a domain, with how many of its URLs each holds")
    @APIResponse(responseCode = "200", description = "Also for a domain that no dataset holds.")
    public RestResponse<DomainAnswer> lookUp(
            @Parameter(
                            description =
                                    "A domain or host in any case, Unicode or ASCII; a host stands"
                                            + " for its registrable domain.",
                            example = "example.com")
                    @PathParam("domain")
                    String text,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        String domain = names.domain(text);
        return answers.answer(
                "domain",
                Parameters.version(version),
                known,
                view -> domain,
                (view, asked) -> {
                    DomainDatasets found = view.holdings(asked);
                    metrics.lookup(!found.holdings().isEmpty());
                    return DomainAnswer.of(found, view.number());
                });
    }

    /** The hosts of a domain. */
    @GET
    @Path("/hosts")
    @Operation(
            operationId = "listHosts",
            summary = "The hosts of a domain, with how many of their URLs each dataset holds",
            description =
                    "In the order of their bytes. *.news.example.com asks for that host and those"
                            + " below it alone. To read them all, pass each next_cursor back until"
                            + " it is null; a page may be short, even empty, before that.")
    @APIResponse(responseCode = "200", description = "Also for a domain that no dataset holds.")
    public RestResponse<HostsAnswer> hosts(
            @Parameter(
                            description =
                                    "As in the look-up of a domain, or *. and a host: that one and"
                                            + " those below it.",
                            example = "*.example.com")
                    @PathParam("domain")
                    String text,
            @Parameter(
                            description = "Only as this dataset has them.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int64",
                                            minimum = "0",
                                            maximum = "4294967295"))
                    @QueryParam("dataset_id")
                    @Nullable String dataset,
            @Parameter(
                            description = "The most hosts in a page.",
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
        boolean wildcard = text.startsWith("*.");
        String named = wildcard ? text.substring(2) : text;
        String domain = names.domain(named);
        String below = wildcard ? names.host(named) : "";
        int most = (int) Parameters.number("limit", limit, 1, MOST_HOSTS, DEFAULT_HOSTS);
        OptionalLong only =
                dataset == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Parameters.datasetId(dataset));
        String list = "hosts %s %s %s".formatted(domain, below, only);
        NamePage page = NamePage.of(cursor, version, answers.seal(), list);
        return answers.heavyAnswer(
                "hosts",
                page.version(),
                known,
                view -> holdings(view, domain, only),
                (view, holdings) -> {
                    HostPage hosts =
                            HostPages.read(view, domain, holdings, below, page.after(), most);
                    return new HostsAnswer(
                            domain,
                            hosts.hosts().stream().map(HostsAnswer.Item::of).toList(),
                            NamePage.next(view, hosts.next(), list),
                            view.number());
                });
    }

    private static List<Holding> holdings(View view, String domain, OptionalLong only)
            throws QueryException, IOException {
        if (only.isPresent()) {
            view.requireDataset((int) only.getAsLong());
        }
        return view.holdings(domain).holdings().stream()
                .filter(each -> only.isEmpty() || each.datasetId() == (int) only.getAsLong())
                .toList();
    }
}
