package dev.whence.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Alerts and dashboards speak of metrics that there are, and of runbooks that say what to do. */
class RulesTest {
    private static final Path ROOT = Path.of(System.getProperty("whence.root"));
    private static final Path RULES = ROOT.resolve("deploy/prometheus/rules.yaml");
    private static final Path RULE_TESTS = ROOT.resolve("deploy/prometheus/rules-test.yaml");
    private static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");
    private static final JsonMapper YAML = new JsonMapper(new YAMLFactory());

    private static final Pattern METRIC =
            Pattern.compile("\\b((?:whence|http|jvm|process|kube)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern TAG = Pattern.compile("([a-z_]+) *(?:=~|!=|!~|=)");
    private static final List<String> HEADINGS =
            List.of(
                    "## What you see",
                    "## What it means",
                    "## What to do",
                    "## How you know that it is over");

    @Test
    void everyAlertNamesARunbookThatIsThereAndIsNamedByIt() throws IOException {
        Map<String, String> pages = alerts();
        assertThat(pages).isNotEmpty();
        for (var alert : pages.entrySet()) {
            assertThat(alert.getValue()).as(alert.getKey()).startsWith("docs/runbooks/");
            Path page = ROOT.resolve(alert.getValue());
            assertThat(page).as("the runbook of %s", alert.getKey()).isRegularFile();
            assertThat(Files.readString(page)).contains("`" + alert.getKey() + "`");
        }
    }

    @Test
    void everyAlertThatARunbookSpeaksOfIsThere() throws IOException {
        Set<String> alerts = alerts().keySet();
        var named = new TreeSet<String>();
        for (Path page : runbooks()) {
            Matcher names = Pattern.compile("`(Whence[A-Z]\\w+)`").matcher(Files.readString(page));
            while (names.find()) {
                named.add(names.group(1));
            }
        }
        assertThat(alerts).containsAll(named);
    }

    @Test
    void everyRunbookSaysWhatItMustAndIsOnTheList() throws IOException {
        String list = Files.readString(RUNBOOKS.resolve("README.md"));
        for (Path page : runbooks()) {
            String text = Files.readString(page);
            assertThat(text).as("%s", page.getFileName()).contains(HEADINGS);
            assertThat(list).contains("(" + page.getFileName() + ")");
        }
    }

    @Test
    void expressionsSpeakOfMetricsAndTagsOfThePage() throws IOException {
        var unknown = new ArrayList<String>();
        int found = 0;
        for (var expression : expressions().entrySet()) {
            Matcher metrics = METRIC.matcher(expression.getValue());
            while (metrics.find()) {
                found++;
                if (!MetricsPage.tells(metrics.group(1))) {
                    unknown.add(expression.getKey() + ": " + metrics.group(1));
                } else if (metrics.group(2) != null) {
                    Matcher tags = TAG.matcher(metrics.group(2));
                    while (tags.find()) {
                        if (!MetricsPage.tagsOf(metrics.group(1)).contains(tags.group(1))) {
                            unknown.add(expression.getKey() + ": " + metrics.group());
                        }
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(100);
        assertThat(unknown).as("what docs/metrics.md does not know").isEmpty();
    }

    /** Others show metrics of these names, too. */
    @Test
    void metricsThatAreNotOurOwnAreAskedForByJobOrNamespace() throws IOException {
        var unbound = new ArrayList<String>();
        for (JsonNode rule : rules()) {
            Matcher metrics = METRIC.matcher(rule.path("expr").asText());
            while (metrics.find()) {
                String bound =
                        metrics.group(1).startsWith("whence_")
                                ? ""
                                : metrics.group(1).startsWith("kube_") ? "namespace=" : "job=";
                if (metrics.group(2) == null
                        ? !bound.isEmpty()
                        : !metrics.group(2).contains(bound)) {
                    unbound.add(rule.path("alert").asText() + ": " + metrics.group());
                }
            }
        }
        assertThat(unbound).isEmpty();
    }

    /** Those of Kubernetes come from a monitor of others, which leaves them their own. */
    @Test
    void metricsAreAskedForByNothingThatTheOperatorHides() throws IOException {
        var asked = new TreeMap<>(expressions());
        for (Path page : runbooks()) {
            asked.put(page.getFileName().toString(), Files.readString(page));
        }
        JsonNode monitor =
                YAML.readTree(
                        ROOT.resolve("k8s/components/monitoring/service-monitor.yaml").toFile());
        Set<String> hidden = OperatorLabels.hidden(monitor.at("/spec/endpoints/0"));
        var found = new TreeSet<String>();
        var lost = new ArrayList<String>();
        asked.forEach((name, text) -> {
            Matcher metrics = METRIC.matcher(text);
            while (metrics.find()) {
                if (metrics.group(2) != null && !metrics.group(1).startsWith("kube_")) {
                    Matcher tags = TAG.matcher(metrics.group(2));
                    while (tags.find()) {
                        found.add(tags.group(1));
                        if (hidden.contains(tags.group(1))) {
                            lost.add(name + ": " + metrics.group());
                        }
                    }
                }
            }
        });
        assertThat(found).contains("service", "job");
        assertThat(lost).isEmpty();
        assertThat(OperatorLabels.hidden(YAML.readTree("{}")))
                .as("without what the monitor gives back")
                .contains("service");
    }

    @Test
    void jobsAreNamedAsServicesAre() throws IOException {
        var jobs = new TreeSet<String>();
        YAML.readTree(ROOT.resolve("deploy/prometheus/prometheus.yml").toFile())
                .path("scrape_configs")
                .forEach(job -> jobs.add(job.path("job_name").asText()));
        assertThat(jobs).containsExactly("indexer-service", "ingest-service", "query-service");
        JsonNode monitor =
                YAML.readTree(
                        ROOT.resolve("k8s/components/monitoring/service-monitor.yaml").toFile());
        assertThat(monitor.at("/spec/jobLabel").asText()).isEqualTo("app.kubernetes.io/name");
        assertThat(monitor.at("/spec/selector/matchExpressions/0/values"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(jobs);
        for (JsonNode rule : rules()) {
            Matcher asked =
                    Pattern.compile("\\bjob=(~?)\"([^\"]*)\"").matcher(rule.path("expr").asText());
            while (asked.find()) {
                Pattern wanted = Pattern.compile(asked.group(2));
                assertThat(jobs)
                        .as(rule.path("alert").asText())
                        .anyMatch(job -> wanted.matcher(job).matches());
            }
        }
    }

    /** Images have neither a shell nor tools. */
    @Test
    void runbooksRunNothingWithinOurContainers() throws IOException {
        for (Path page : runbooks()) {
            assertThat(Files.readString(page))
                    .as("%s", page.getFileName())
                    .doesNotContain("-n whence exec")
                    .doesNotContain("jcmd");
        }
    }

    @Test
    void runbooksSpeakOfMetricsOfThePage() throws IOException {
        var unknown = new ArrayList<String>();
        for (Path page : runbooks()) {
            Matcher metrics = Pattern.compile("\\bwhence_[a-z_]+").matcher(Files.readString(page));
            while (metrics.find()) {
                if (!MetricsPage.tells(metrics.group())) {
                    unknown.add(page.getFileName() + ": " + metrics.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void kubernetesHasTheSameRules() throws IOException {
        String rules = Files.readString(RULES);
        String indented = rules.substring(rules.indexOf("groups:")).replaceAll("(?m)^(?=.)", "  ");
        GeneratedPart.hold(
                "k8s/components/monitoring/prometheus-rules.yaml",
                "  # from deploy/prometheus/rules.yaml: ./whence docs",
                "",
                indented);
        JsonNode resource =
                YAML.readTree(
                        ROOT.resolve("k8s/components/monitoring/prometheus-rules.yaml").toFile());
        assertThat(resource.at("/spec/groups"))
                .isEqualTo(YAML.readTree(RULES.toFile()).path("groups"));
    }

    @Test
    void everyAlertIsTriedWithFiguresThatAreWellAndWithThoseThatAreNot() throws IOException {
        var quiet = new TreeSet<String>();
        var told = new TreeSet<String>();
        for (JsonNode test : YAML.readTree(RULE_TESTS.toFile()).path("tests")) {
            for (JsonNode expected : test.path("alert_rule_test")) {
                boolean rings = !expected.path("exp_alerts").isEmpty();
                (rings ? told : quiet).add(expected.path("alertname").asText());
            }
        }
        assertThat(quiet).isEqualTo(alerts().keySet());
        assertThat(told).isEqualTo(alerts().keySet());
    }

    @Test
    void prometheusTakesTheRulesAndTheyTellWhatTheyShould() throws Exception {
        String promtool = promtool();
        assumeTrue(promtool != null, "promtool is not installed (Debian package prometheus)");
        Process process =
                new ProcessBuilder(promtool, "test", "rules", RULE_TESTS.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static @Nullable String promtool() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> alerts() throws IOException {
        var pages = new TreeMap<String, String>();
        for (JsonNode rule : rules()) {
            pages.put(
                    rule.path("alert").asText(),
                    rule.path("annotations").path("runbook_url").asText());
            assertThat(rule.path("labels").path("severity").asText()).isIn("page", "ticket");
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
        }
        return pages;
    }

    private static List<JsonNode> rules() throws IOException {
        var rules = new ArrayList<JsonNode>();
        for (JsonNode group : YAML.readTree(RULES.toFile()).path("groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    private static Map<String, String> expressions() throws IOException {
        var expressions = new TreeMap<String, String>();
        for (JsonNode rule : rules()) {
            expressions.put(rule.path("alert").asText(), rule.path("expr").asText());
        }
        try (Stream<Path> dashboards = Files.list(ROOT.resolve("deploy/grafana/dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                for (JsonNode panel :
                        new JsonMapper().readTree(dashboard.toFile()).path("panels")) {
                    String name = dashboard.getFileName() + ", " + panel.path("title").asText();
                    assertThat(panel.path("targets")).as(name).isNotEmpty();
                    for (JsonNode target : panel.path("targets")) {
                        expressions.put(
                                name + " " + target.path("refId").asText(),
                                target.path("expr").asText());
                    }
                }
            }
        }
        return expressions;
    }

    private static List<Path> runbooks() throws IOException {
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            return pages.filter(page -> !page.endsWith("README.md")).sorted().toList();
        }
    }
}
