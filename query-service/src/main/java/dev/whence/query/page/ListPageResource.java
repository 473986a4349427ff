package dev.whence.query.page;

import dev.whence.query.export.Format;
import dev.whence.query.export.LookupListing;
import dev.whence.query.rest.ExportAnswers;
import dev.whence.query.rest.ForPeople;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The pages of lists of domains: pasted, or from a file. */
@Path("/")
@RunOnVirtualThread
@ForPeople
public final class ListPageResource {
    private final Pages pages;
    private final ExportAnswers streams;
    private final TypedDomains typed;

    @Inject
    ListPageResource(Pages pages, ExportAnswers streams, TypedDomains typed) {
        this.pages = pages;
        this.streams = streams;
        this.typed = typed;
    }

    /** The form. */
    @GET
    @Path("lists")
    @Produces(Pages.HTML)
    public RestResponse<String> form(@Context UriInfo uri) {
        var asked = new Asked(uri);
        return pages.show(
                "lists",
                uri,
                view ->
                        new ListsPage(
                                Frame.of(Section.LISTS, "", view, asked),
                                "",
                                null,
                                DomainList.MOST));
    }

    /** Who holds the domains of a list. */
    @POST
    @Path("lists")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(Pages.HTML)
    public RestResponse<String> lookUp(
            @RestForm @Nullable String domains,
            @RestForm @Nullable FileUpload file,
            @Context UriInfo uri) {
        return pages.guarded(
                uri,
                () -> {
                    var asked = new Asked(uri);
                    String text = text(domains, file);
                    List<String> list = DomainList.parse(text);
                    return pages.showHeavy(
                            "lists",
                            uri,
                            asked.version(),
                            view ->
                                    ListsPage.of(
                                            Frame.of(Section.LISTS, "", view, asked),
                                            text,
                                            view,
                                            typed,
                                            list));
                });
    }

    /** The same as a file. */
    @POST
    @Path("lists.csv")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<StreamingOutput> csv(
            @RestForm @Nullable String domains,
            @RestForm @Nullable FileUpload file,
            @Context UriInfo uri,
            @Context RoutingContext request) {
        return pages.guardedFile(
                uri,
                () -> {
                    List<String> list = DomainList.parse(text(domains, file));
                    RestResponse<StreamingOutput> answer =
                            streams.whole(
                                    "page-list",
                                    new LookupListing(typed::of, list),
                                    Format.CSV,
                                    new Asked(uri).version(),
                                    request);
                    answer.getHeaders()
                            .putSingle(
                                    "Content-Disposition", "attachment; filename=\"domains.csv\"");
                    answer.getHeaders().putSingle("Cache-Control", "no-store");
                    return answer;
                });
    }

    /** A file that somebody chose comes before what stands in the form. */
    private static String text(@Nullable String domains, @Nullable FileUpload file)
            throws IOException {
        if (file != null && file.size() > 0) {
            return new String(Files.readAllBytes(file.uploadedFile()), StandardCharsets.UTF_8);
        }
        return domains == null ? "" : domains;
    }
}
