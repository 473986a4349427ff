package dev.whence.query.rest;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Questions to every operation of the contract, by its id, about datasets 0 and 3 that everybody
 * sees, dataset 7 called {@code secret}, and domains of theirs: an address, or a path and a body.
 * {@code {V}} is the served version.
 */
final class Questions {
    /** What an export takes beside its list. */
    private static final String FILE =
            "format=csv&header=true&trailer=true&cursors=true&limit=1000&version={V}";

    private static final String URLS = "/v1/domain/shared.example/datasets/";

    static final Map<String, List<String>> BY_OPERATION =
            Map.ofEntries(
                    Map.entry(
                            "lookUpDomain",
                            List.of(
                                    "/v1/domain/shared.example?version={V}",
                                    "/v1/domain/a.example",
                                    "/v1/domain/secret.example",
                                    "/v1/domain/doomed.example")),
                    Map.entry(
                            "listHosts",
                            List.of(
                                    "/v1/domain/shared.example/hosts?limit=1",
                                    "/v1/domain/shared.example/hosts?dataset_id=7&version={V}",
                                    "/v1/domain/*.a.example/hosts?dataset_id=0",
                                    "/v1/domain/secret.example/hosts",
                                    "/v1/domain/doomed.example/hosts")),
                    Map.entry(
                            "listUrls",
                            List.of(
                                    URLS + "0/urls?limit=2",
                                    URLS + "0/urls?offset=1&limit=3&version={V}",
                                    URLS + "3/urls?fields=url,url_id",
                                    URLS + "0/urls?host=www.shared.example&path_prefix=/s/",
                                    URLS + "0/urls?from=2001-01-01&to=2002-01-01",
                                    URLS + "7/urls",
                                    "/v1/domain/secret.example/datasets/7/urls",
                                    "/v1/domain/secret.example/datasets/0/urls",
                                    "/v1/domain/doomed.example/datasets/0/urls")),
                    Map.entry(
                            "listDomains",
                            List.of(
                                    "/v1/domains?limit=1",
                                    "/v1/domains?prefix=s&version={V}",
                                    "/v1/domains?prefix=secret",
                                    "/v1/domains?prefix=doomed")),
                    Map.entry(
                            "lookUpDomains",
                            List.of(
                                    "/v1/domains:lookup?version={V} {\"domains\": [\"shared.example\", \"secret.example\", \"doomed.example\"]}")),
                    Map.entry(
                            "lookUpUrl",
                            List.of(
                                    "/v1/urls?url=https://www.shared.example/s/00001&version={V}",
                                    "/v1/urls?url=https://www.shared.example/u/00001",
                                    "/v1/urls?url=https://www.secret.example/x/00001",
                                    "/v1/urls?url=https://www.doomed.example/x/00001",
                                    "/v1/urls?url=https://www.shared.example/gone/00001")),
                    Map.entry("listDatasets", List.of("/v1/datasets?version={V}")),
                    Map.entry(
                            "getDataset",
                            List.of(
                                    "/v1/datasets/0?version={V}",
                                    "/v1/datasets/3",
                                    "/v1/datasets/7")),
                    Map.entry(
                            "listTopDomains",
                            List.of(
                                    "/v1/datasets/0/domains?limit=1&version={V}",
                                    "/v1/datasets/3/domains",
                                    "/v1/datasets/7/domains")),
                    Map.entry(
                            "querySets",
                            List.of(
                                    "/v1/sets?version={V} {\"all_of\": [0], \"none_of\": [3], \"overlap\": [0, 3]}",
                                    "/v1/sets {\"any_of\": [0, 3], \"limit\": 1}",
                                    "/v1/sets {\"any_of\": [0, 3], \"prefix\": \"s\"}",
                                    "/v1/sets {\"overlap\": [0, 3]}",
                                    "/v1/sets {\"all_of\": [7]}",
                                    "/v1/sets {\"any_of\": [0, 7]}",
                                    "/v1/sets {\"all_of\": [0], \"none_of\": [7]}",
                                    "/v1/sets {\"overlap\": [0, 7]}")),
                    Map.entry(
                            "exportUrls",
                            List.of(
                                    URLS
                                            + "0/urls:export?fields=url&host=www.shared.example&path_prefix=/&from=1990-01-01&to=2100-01-01&"
                                            + FILE,
                                    URLS + "0/urls:export",
                                    URLS + "7/urls:export",
                                    "/v1/domain/doomed.example/datasets/0/urls:export")),
                    Map.entry(
                            "exportDomainUrls",
                            List.of(
                                    "/v1/domain/shared.example/urls:export?fields=url&host=www.shared.example&path_prefix=/&from=1990-01-01&to=2100-01-01&"
                                            + FILE,
                                    "/v1/domain/shared.example/urls:export",
                                    "/v1/domain/secret.example/urls:export",
                                    "/v1/domain/doomed.example/urls:export")),
                    Map.entry(
                            "exportHosts",
                            List.of(
                                    "/v1/domain/shared.example/hosts:export?dataset_id=0&" + FILE,
                                    "/v1/domain/shared.example/hosts:export?dataset_id=7",
                                    "/v1/domain/secret.example/hosts:export")),
                    Map.entry(
                            "exportDomains",
                            List.of("/v1/domains:export?prefix=s&" + FILE, "/v1/domains:export")),
                    Map.entry(
                            "exportDatasets",
                            List.of("/v1/datasets:export?" + FILE, "/v1/datasets:export")),
                    Map.entry(
                            "exportSet",
                            List.of(
                                    "/v1/sets:export?" + FILE + " {\"any_of\": [0, 3]}",
                                    "/v1/sets:export {\"all_of\": [7]}",
                                    "/v1/sets:export {\"all_of\": [0], \"none_of\": [7]}",
                                    "/v1/sets:export {\"all_of\": [0], \"none_of\": [3], \"prefix\": \"s\"}",
                                    "/v1/sets:export {\"all_of\": [0], \"limit\": 1, \"overlap\": [0, 7]}")),
                    Map.entry(
                            "exportLookup",
                            List.of(
                                    "/v1/domains:lookup:export?"
                                            + FILE
                                            + " {\"domains\": [\"shared.example\", \"secret.example\", \"doomed.example\"]}")),
                    Map.entry(
                            "cdx",
                            List.of(
                                    "/cdx?url=shared.example&matchType=domain&output=json&fl=urlkey,original&limit=100&offset=1",
                                    "/cdx?url=shared.example/*&from=2001&to=2002",
                                    "/cdx?url=www.shared.example/*&collapse=urlkey&showResumeKey=true&limit=2",
                                    "/cdx?url=*.shared.example&filter=!original:.*s/00001",
                                    "/cdx?url=*.shared.example&page=0&pageSize=1",
                                    "/cdx?url=*.shared.example&showNumPages=true",
                                    "/cdx?url=*.shared.example&collection=secret",
                                    "/cdx?url=*.secret.example",
                                    "/cdx?url=*.doomed.example",
                                    "/cdx?url=https://www.shared.example/gone/00001")),
                    Map.entry(
                            "cdxIndex",
                            List.of(
                                    "/cdx/dataset%200-index?url=shared.example&matchType=domain&output=json&fl=urlkey,url&limit=100&offset=1",
                                    "/cdx/dataset%200-index?url=*.shared.example&from=2001&to=2002",
                                    "/cdx/dataset%200-index?url=*.shared.example&collapse=urlkey&showResumeKey=true",
                                    "/cdx/dataset%200-index?url=*.shared.example&filter=!~url:.*s/00001",
                                    "/cdx/dataset%200-index?url=*.shared.example&page=0&pageSize=1",
                                    "/cdx/dataset%200-index?url=*.shared.example&showNumPages=true",
                                    "/cdx/dataset%200-index?url=*.doomed.example",
                                    "/cdx/secret-index?url=*.secret.example",
                                    "/cdx/secret-index?url=*.shared.example")),
                    Map.entry("listCollections", List.of("/collinfo.json")),
                    Map.entry(
                            "listFiles",
                            List.of(
                                    "/v1/versions/{V}/files",
                                    "/v1/versions/1/files?dataset_id=0",
                                    "/v1/versions/{V}/files?dataset_id=7")),
                    // What versions there are is told to everybody; not what changed.
                    Map.entry("listVersions", List.of("/v1/versions?limit=1&after=2")),
                    Map.entry("getVersion", List.of("/v1/versions/1")));

    /** Parameters that questions do not name, since pages are followed by them. */
    static final Set<String> FOLLOWED = Set.of("cursor", "resumeKey", "If-None-Match");

    /** Pages, by the path of their resource. */
    static final Map<String, List<String>> BY_PAGE =
            Map.ofEntries(
                    Map.entry("/", List.of("/")),
                    Map.entry(
                            "/domain",
                            List.of(
                                    "/domain?name=shared.example",
                                    "/domain?name=secret.example",
                                    "/domain?name=doomed.example")),
                    Map.entry(
                            "/hosts",
                            List.of(
                                    "/hosts?domain=shared.example",
                                    "/hosts?domain=secret.example")),
                    Map.entry(
                            "/urls",
                            List.of(
                                    "/urls?domain=shared.example&dataset=0",
                                    "/urls?domain=shared.example&dataset=7",
                                    "/urls?domain=doomed.example&dataset=0")),
                    Map.entry(
                            "/url",
                            List.of(
                                    "/url",
                                    "/url?url=https://www.shared.example/s/00001",
                                    "/url?url=https://www.secret.example/x/00001",
                                    "/url?url=https://www.doomed.example/x/00001")),
                    Map.entry("/datasets", List.of("/datasets")),
                    Map.entry("/datasets/{dataset}", List.of("/datasets/0", "/datasets/7")),
                    Map.entry("/compare", List.of("/compare", "/compare?dataset=0&dataset=7")),
                    Map.entry("/set", List.of("/set?all=0", "/set?all=7", "/set?all=0&none=7")),
                    Map.entry("/lists", List.of("/lists")),
                    Map.entry("/lists.csv", List.of("/lists.csv domains=secret.example")),
                    Map.entry("/versions", List.of("/versions?before=1")));

    private Questions() {}
}
