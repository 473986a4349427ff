package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.rest.BadParameterException;
import dev.whence.query.rest.ForPeople;
import dev.whence.query.rest.NamePage;
import dev.whence.query.rest.Parameters;
import dev.whence.query.view.DomainNamesPage;
import dev.whence.query.view.SetQuestion;
import dev.whence.query.view.View;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The pages that compare datasets, and tell the domains behind. */
@Path("/")
@Produces(Pages.HTML)
@RunOnVirtualThread
@ForPeople
public final class ComparePageResource {
    private static final int SIZE = 100;

    private final Pages pages;

    /** A set of domains, and what tells its list from others. */
    private record Question(SetQuestion set, String prefix, NamePage page) {
        String list() {
            return listOf(set, prefix);
        }

        static String listOf(SetQuestion set, String prefix) {
            return "set page %s %s %s".formatted(set.allOf(), set.noneOf(), prefix);
        }
    }

    @Inject
    ComparePageResource(Pages pages) {
        this.pages = pages;
    }

    /** How datasets overlap. */
    @GET
    @Path("compare")
    public RestResponse<String> compare(@Context UriInfo uri) {
        return pages.guarded(
                uri,
                () -> {
                    var asked = new Asked(uri);
                    List<Integer> datasets = ids("dataset", asked);
                    return pages.showHeavySums(
                            "compare",
                            uri,
                            asked.version(),
                            view -> {
                                for (int datasetId : datasets) {
                                    view.requireDataset(datasetId);
                                }
                                return ComparePage.of(
                                        Frame.of(Section.COMPARE, "", view, asked), view, datasets);
                            });
                });
    }

    /** The domains that some datasets hold and others do not. */
    @GET
    @Path("set")
    public RestResponse<String> set(@Context UriInfo uri) {
        return pages.guarded(
                uri,
                () -> {
                    var asked = new Asked(uri);
                    List<Integer> all = ids("all", asked);
                    if (all.isEmpty()) {
                        throw new BadParameterException(
                                "all names a dataset; give one or more by its id.");
                    }
                    var set = new SetQuestion(all, List.of(), ids("none", asked));
                    String prefix = Parameters.domainPrefix(asked.text("prefix"));
                    var question =
                            new Question(
                                    set,
                                    prefix,
                                    NamePage.of(
                                            asked.text("cursor"),
                                            asked.text("version"),
                                            pages.seal(),
                                            Question.listOf(set, prefix)));
                    return pages.showHeavySums(
                            "set",
                            uri,
                            question.page().version(),
                            view -> page(view, asked, question));
                });
    }

    private static SetPage page(View view, Asked asked, Question question)
            throws QueryException, IOException {
        Frame frame = Frame.of(Section.COMPARE, "", view, asked);
        SetQuestion set = question.set();
        long count = view.sets().count(set);
        DomainNamesPage found =
                view.sets().domains(set, question.prefix(), question.page().after(), SIZE);
        String cursor = NamePage.next(view, found.next(), question.list());
        return new SetPage(
                frame,
                datasets(frame, view, set.allOf()),
                datasets(frame, view, set.noneOf()),
                count,
                question.prefix(),
                found.domains().stream()
                        .map(name -> new Link(name, Addresses.domain(frame, name).toString()))
                        .toList(),
                others(frame, view, set),
                cursor == null
                        ? null
                        : address(Address.of("/set"), set.allOf(), set.noneOf())
                                .with("prefix", question.prefix())
                                .with("cursor", cursor)
                                .toString());
    }

    /** Of two datasets: what both hold, and what only one of them does. */
    private static List<Link> others(Frame frame, View view, SetQuestion set) {
        List<Integer> two = new ArrayList<>(set.allOf());
        two.addAll(set.noneOf());
        if (two.size() != 2) {
            return List.of();
        }
        two.sort(Integer::compareUnsigned);
        return List.of(
                link("In both", frame, two, List.of()),
                link(
                        "Only in " + name(view, two.get(0)),
                        frame,
                        List.of(two.get(0)),
                        List.of(two.get(1))),
                link(
                        "Only in " + name(view, two.get(1)),
                        frame,
                        List.of(two.get(1)),
                        List.of(two.get(0))));
    }

    private static Link link(String name, Frame frame, List<Integer> all, List<Integer> none) {
        return new Link(name, address(frame.address("/set"), all, none).toString());
    }

    private static Address address(Address address, List<Integer> all, List<Integer> none) {
        Address whole = address;
        for (int datasetId : all) {
            whole = whole.withDataset("all", datasetId);
        }
        for (int datasetId : none) {
            whole = whole.withDataset("none", datasetId);
        }
        return whole;
    }

    private static List<SetPage.Dataset> datasets(Frame frame, View view, List<Integer> ids) {
        return ids.stream()
                .map(id ->
                        new SetPage.Dataset(
                                Integer.toUnsignedString(id),
                                name(view, id),
                                Addresses.dataset(frame, id).toString()))
                .toList();
    }

    private static String name(View view, int datasetId) {
        @Nullable String name = view.nameOf(datasetId);
        return name == null ? Integer.toUnsignedString(datasetId) : name;
    }

    private static List<Integer> ids(String name, Asked asked) {
        List<Integer> ids = asked.all(name).stream().map(Parameters::datasetId).distinct().toList();
        if (ids.size() > ComparePage.MOST_COMPARED) {
            throw new BadParameterException(
                    "%s names at most %d datasets, not %d; choose fewer."
                            .formatted(name, ComparePage.MOST_COMPARED, ids.size()));
        }
        return ids;
    }
}
