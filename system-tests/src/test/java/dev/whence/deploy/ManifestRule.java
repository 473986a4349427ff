package dev.whence.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a schema cannot see: whether manifests fit each other, and the house's own rules. */
interface ManifestRule {
    List<ManifestRule> ALL =
            List.of(
                    new SelectorRule(),
                    new PortRule(),
                    new ResourceRule(),
                    new ScalingRule(),
                    new MountRule(),
                    new ReferenceRule(),
                    new PrivilegeRule(),
                    new SettingRule(),
                    new ImageRule(),
                    new FlowRule(),
                    new EgressRule(),
                    new WorldRule(),
                    new JobRule(),
                    new DeletionRule(),
                    new ScrapeRule(),
                    new CustomResourceRule());

    /** Tells each thing that is wrong, by the names of the objects. */
    void check(Manifests manifests, Consumer<String> broken);

    static List<String> findings(Manifests manifests) {
        var findings = new ArrayList<String>();
        ALL.forEach(rule -> rule.check(manifests, findings::add));
        return findings;
    }
}
