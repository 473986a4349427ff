package dev.whence.query.rest;

import dev.whence.query.PublishedViews;
import dev.whence.query.QueryException;
import dev.whence.query.Turns;
import dev.whence.query.config.PageMemory;
import dev.whence.query.listing.PageStart;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.rest.json.UrlField;
import dev.whence.query.rest.json.UrlPageJson;
import dev.whence.query.view.View;
import dev.whence.query.view.Visibility;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process in which many ask at once for a page of the longest URLs of a directory. */
final class SmallHeapPages {
    static final int ASKERS = 16;
    private static final int LIMIT = 10_000;

    private SmallHeapPages() {}

    public static void main(String[] directory) throws Exception {
        var pages =
                new UrlPages(
                        new Turns(PageMemory.ofThisProcess().pageReads(), Duration.ofSeconds(10)));
        try (var published = new PublishedViews(Path.of(directory[0]));
                var askers = Executors.newFixedThreadPool(ASKERS)) {
            published.open(Visibility.EVERYTHING).close();
            List<Future<Integer>> answers = new ArrayList<>();
            for (int asker = 0; asker < ASKERS; asker++) {
                Callable<Integer> question = () -> ask(published, pages);
                answers.add(askers.submit(question));
            }
            for (Future<Integer> answer : answers) {
                System.out.println(answer.get());
            }
        }
        System.out.println("all of " + ASKERS + " were heard");
    }

    /** How long the answer is; -1 for one that says to come again. */
    private static int ask(PublishedViews published, UrlPages pages) throws Exception {
        var list = new UrlList("a.example", 0, UrlFilter.NONE);
        try (View view = published.again(Visibility.EVERYTHING)) {
            return pages.read(
                    view.urls("a.example", 0),
                    UrlFilter.NONE,
                    PageStart.at(0),
                    LIMIT,
                    page ->
                            UrlPageJson.write(page, list, view, EnumSet.allOf(UrlField.class))
                                    .length);
        } catch (QueryException.Busy e) {
            return -1;
        }
    }
}
