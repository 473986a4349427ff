package dev.whence.query.page;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.Turns;
import dev.whence.query.rest.Answers;
import dev.whence.query.rest.Problem;
import dev.whence.query.rest.Problems;
import dev.whence.query.view.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * What every page has in common: it is made from one view, which is let go before it is written,
 * and it tells what went wrong in a page, too.
 */
@Singleton
final class Pages {
    static final String HTML = "text/html;charset=utf-8";

    /** Makes the page. */
    interface Content {
        Page from(View view) throws QueryException, IOException;
    }

    /** Makes the whole answer. */
    interface Maker<R> {
        R make() throws QueryException, IOException;
    }

    private final Answers answers;
    private final Templates templates;

    @Inject
    Pages(Answers answers, Templates templates) {
        this.answers = answers;
        this.templates = templates;
    }

    /** What cursors of whoever asks are sealed with. */
    CursorSeal seal() throws QueryException {
        return answers.seal();
    }

    /** A page from the version that is asked for, or the newest. */
    RestResponse<String> show(String call, UriInfo uri, Content content) {
        return guarded(uri, () -> show(call, uri, new Asked(uri).version(), content));
    }

    /** A page from a version. */
    RestResponse<String> show(String call, UriInfo uri, OptionalLong version, Content content) {
        return guarded(
                uri,
                () -> {
                    long started = System.nanoTime();
                    try (View view = answers.view(version)) {
                        return page(200, content.from(view));
                    } finally {
                        answers.time("page-" + call, System.nanoTime() - started);
                    }
                });
    }

    /** The same where it takes much work or memory: a few are made at once. */
    RestResponse<String> showHeavy(
            String call, UriInfo uri, OptionalLong version, Content content) {
        return show(
                call,
                uri,
                version,
                view -> {
                    try (Turns.Turn _ = answers.heavyTurn()) {
                        return content.from(view);
                    }
                });
    }

    /** The same where it tells sums over all domains, which may have to be counted first. */
    RestResponse<String> showSums(String call, UriInfo uri, Content content) {
        return show(
                call,
                uri,
                view -> {
                    try (Turns.Turn _ = answers.sumsTurn(view)) {
                        return content.from(view);
                    }
                });
    }

    /** An answer, or a page that says why there is none. */
    RestResponse<String> guarded(UriInfo uri, Maker<RestResponse<String>> maker) {
        try {
            return maker.make();
        } catch (QueryException | IOException | RuntimeException e) {
            return problem(e, uri);
        }
    }

    /** A file that is written as it is made, or a page that says why there is none. */
    RestResponse<StreamingOutput> guardedFile(
            UriInfo uri, Maker<RestResponse<StreamingOutput>> maker) {
        try {
            return maker.make();
        } catch (QueryException | IOException | RuntimeException e) {
            RestResponse<String> problem = problem(e, uri);
            byte[] page = problem.getEntity().getBytes(StandardCharsets.UTF_8);
            return RestResponse.ResponseBuilder.<StreamingOutput>create(problem.getStatus())
                    .entity(out -> out.write(page))
                    .replaceAll(problem.getHeaders())
                    .build();
        }
    }

    private RestResponse<String> problem(Exception e, UriInfo uri) {
        var asked = new Asked(uri);
        Problem problem = Problems.of(e, asked.path());
        var page =
                new ProblemPage(
                        Frame.empty(asked.typed()),
                        problem.status(),
                        problem.title(),
                        problem.detail());
        return page(problem.status(), page);
    }

    private RestResponse<String> page(int status, Page page) {
        ResponseBuilder<String> answer =
                ResponseBuilder.<String>create(status)
                        .entity(templates.render(page))
                        .type(HTML)
                        .header("Cache-Control", status == 200 ? "private, no-cache" : "no-store");
        if (status == 401) {
            answer.header("WWW-Authenticate", Problems.CHALLENGE);
        }
        if (status == 429 || status == 503) {
            answer.header("Retry-After", Problems.RETRY_AFTER_SECONDS);
        }
        return answer.build();
    }
}
