package dev.whence.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.whence.index.DatasetSets;
import dev.whence.index.IndexSnapshot;
import dev.whence.query.version.OpenVersion;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionLease;
import org.junit.jupiter.api.Test;

/** Whoever answers sees versions and files through a view, so that no rule can be forgotten. */
class SeamTest {
    private static final JavaClasses SERVICE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.whence.query");

    @Test
    void onlyTheViewAndWhatOpensVersionsTouchTheIndex() {
        for (Class<?> hidden :
                new Class<?>[] {
                    IndexSnapshot.class, DatasetSets.class, OpenVersion.class, VersionLease.class
                }) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.whence.query.version..",
                            "dev.whence.query.view..",
                            // For the tails of files, which say nothing of who holds what.
                            "dev.whence.query.lake..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(hidden)
                    .check(SERVICE);
        }
    }

    @Test
    void whatAnswersGetsNoRowsPastTheView() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.whence.query.rest..",
                        "dev.whence.query.listing..",
                        "dev.whence.query.export..",
                        "dev.whence.query.cdx..",
                        "dev.whence.query.page..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(VersionHistory.class.getName())
                .check(SERVICE);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.whence.query.listing..",
                        "dev.whence.query.export..",
                        "dev.whence.query.cdx..",
                        "dev.whence.query.page..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(dev.whence.query.lake.LakeReader.class.getName())
                .check(SERVICE);
    }
}
