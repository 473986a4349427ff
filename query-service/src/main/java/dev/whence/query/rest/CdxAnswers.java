package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.cdx.CdxDialect;
import dev.whence.query.cdx.CdxField;
import dev.whence.query.cdx.CdxLines;
import dev.whence.query.cdx.CdxOutput;
import dev.whence.query.cdx.CdxQuestion;
import dev.whence.query.cdx.CdxScope;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.view.View;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Answers as CDX servers give them, streamed as exports are. */
@Singleton
final class CdxAnswers {
    private final ExportAnswers answers;
    private final CdxScopes scopes;

    @Inject
    CdxAnswers(ExportAnswers answers, CdxScopes scopes) {
        this.answers = answers;
        this.scopes = scopes;
    }

    /**
     * Lines, or how many pages of them there are.
     *
     * @param dataset only of the dataset of this name; null for all
     */
    RestResponse<StreamingOutput> answer(
            CdxDialect dialect, CdxQuery query, @Nullable String dataset, RoutingContext request)
            throws QueryException, IOException {
        CdxOutput output = query.output(dialect);
        List<CdxField> fields = query.fields(dialect);
        boolean showResumeKey = query.showsResumeKey();
        CdxQuestion question =
                query.question(dialect, scopes.of(query.url, query.matchType, dataset));
        if (query.showsNumPages()) {
            return answers.stream(
                    "cdx",
                    OptionalLong.empty(),
                    dialect == CdxDialect.PYWB ? "application/json" : "text/plain;charset=UTF-8",
                    null,
                    request,
                    view -> pages(view, dialect, query, question.scope()));
        }
        PlaceCursor resume =
                query.resumeKey == null
                        ? null
                        : CdxLines.cursor(query.resumeKey, answers.seal(), question);
        return answers.stream(
                "cdx",
                resume == null ? OptionalLong.empty() : OptionalLong.of(resume.version()),
                output.mediaType(),
                null,
                request,
                view -> {
                    requirePage(view, dialect, query, question.scope());
                    CdxLines lines = CdxLines.open(view, question, resume);
                    if (dialect == CdxDialect.PYWB && lines.isEmpty()) {
                        throw new QueryException.NoCaptures();
                    }
                    return out -> output.write(out, lines, fields, showResumeKey);
                });
    }

    private static ExportBody.Writing pages(
            View view, CdxDialect dialect, CdxQuery query, CdxScope scope)
            throws QueryException, IOException {
        long rows = CdxLines.count(view, scope);
        String text =
                switch (dialect) {
                    case WAYBACK -> query.pages(rows) + "\n";
                    case PYWB ->
                            "{\"pages\": %d, \"pageSize\": %d, \"blocks\": %d}\n"
                                    .formatted(
                                            query.pages(rows),
                                            query.pageBlocks(),
                                            CdxQuery.blocks(rows));
                };
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Beyond the last page, pywb says so, by which its clients know the end. */
    private static void requirePage(View view, CdxDialect dialect, CdxQuery query, CdxScope scope)
            throws QueryException, IOException {
        OptionalLong page = query.page();
        if (dialect == CdxDialect.PYWB && page.isPresent() && page.getAsLong() > 0) {
            long pages = query.pages(CdxLines.count(view, scope));
            if (page.getAsLong() >= pages) {
                throw new BadParameterException(
                        "Page %d invalid: First Page is 0, Last Page is %d"
                                .formatted(page.getAsLong(), Math.max(0, pages - 1)));
            }
        }
    }
}
