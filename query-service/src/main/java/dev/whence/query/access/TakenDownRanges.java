package dev.whence.query.access;

import dev.whence.access.Takedowns;
import dev.whence.access.TakenDownUrls;
import dev.whence.lake.UrlKey;
import dev.whence.lake.UrlRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takedowns as ranges of a domain's sorted rows. */
final class TakenDownRanges {
    /** Comes right behind the colon before a port. */
    private static final char BEYOND_COLON = ':' + 1;

    private TakenDownRanges() {}

    /** By domain. */
    static Map<String, List<UrlRange>> of(Takedowns takedowns) {
        Map<String, List<UrlRange>> ranges = HashMap.newHashMap(takedowns.domains().size());
        for (String domain : takedowns.domains()) {
            TakenDownUrls urls = takedowns.of(domain);
            if (urls != null) {
                ranges.put(domain, of(urls));
            }
        }
        return ranges;
    }

    private static List<UrlRange> of(TakenDownUrls urls) {
        if (urls.all()) {
            return List.of(UrlRange.ALL);
        }
        List<UrlRange> ranges = new ArrayList<>();
        for (String host : urls.hosts()) {
            ranges.add(UrlRange.ofHost(host));
            ranges.add(
                    new UrlRange(
                            new UrlKey(host + ':', "", ""),
                            new UrlKey(host + BEYOND_COLON, "", "")));
        }
        for (String prefix : urls.prefixes()) {
            int path = prefix.indexOf('/');
            ranges.add(UrlRange.ofPrefix(prefix.substring(0, path), prefix.substring(path)));
        }
        return List.copyOf(ranges);
    }
}
