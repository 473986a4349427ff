package dev.whence.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules by which the rooms lie to each other. */
class HouseTest {
    private static final String[] FRAMEWORK = {
        "io.quarkus..",
        "io.smallrye..",
        "jakarta..",
        "org.eclipse.microprofile..",
        "io.micrometer..",
        "io.vertx..",
        "io.opentelemetry..",
        "dev.whence.telemetry.."
    };
    private static final String[] LIBRARIES = {
        "dev.whence.url..",
        "dev.whence.store..",
        "dev.whence.parquet..",
        "dev.whence.merge..",
        "dev.whence.lake..",
        "dev.whence.source..",
        "dev.whence.index..",
        "dev.whence.catalog..",
        "dev.whence.access..",
        "dev.whence.embedded.."
    };

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.whence");

    @Test
    void everyRoomIsSeen() {
        for (String room :
                new String[] {
                    "url",
                    "store",
                    "parquet",
                    "merge",
                    "lake",
                    "source",
                    "index",
                    "catalog",
                    "access",
                    "embedded",
                    "telemetry",
                    "ingest",
                    "indexer",
                    "query",
                    "cli",
                    "standalone"
                }) {
            assertThat(HOUSE.stream().anyMatch(resideInAPackage("dev.whence." + room + "..")))
                    .as("classes of %s on the class path", room)
                    .isTrue();
        }
    }

    @Test
    void noServiceKnowsAnother() {
        for (String service : new String[] {"ingest", "indexer", "query"}) {
            for (String other : new String[] {"ingest", "indexer", "query"}) {
                if (!service.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage("dev.whence." + service + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("dev.whence." + other + "..")
                            .check(HOUSE);
                }
            }
        }
    }

    @Test
    void theCommandLineKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage("dev.whence.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.whence.ingest..", "dev.whence.indexer..", "dev.whence.query..")
                .check(HOUSE);
    }

    @Test
    void noLibraryKnowsAServiceOrAFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORK)
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.whence.ingest..",
                        "dev.whence.indexer..",
                        "dev.whence.query..",
                        "dev.whence.cli..",
                        "dev.whence.standalone..")
                .check(HOUSE);
    }

    @Test
    void librariesKnowOnlyWhatTheirRoomIsBuiltOn() {
        knowsNothingOfOurs("dev.whence.url");
        knowsNothingOfOurs("dev.whence.store");
        knowsNothingOfOurs("dev.whence.embedded");
        knowsOnly("dev.whence.parquet", "dev.whence.store");
        knowsOnly("dev.whence.merge", "dev.whence.parquet", "dev.whence.store");
        knowsOnly("dev.whence.lake", "dev.whence.url", "dev.whence.parquet", "dev.whence.store");
        knowsOnly("dev.whence.source", "dev.whence.url", "dev.whence.parquet", "dev.whence.store");
        knowsOnly("dev.whence.index", "dev.whence.url");
        knowsOnly("dev.whence.catalog", "dev.whence.store");
        knowsOnly("dev.whence.access", "dev.whence.url", "dev.whence.catalog", "dev.whence.store");
        knowsOnly("dev.whence.telemetry", "dev.whence.catalog", "dev.whence.store");
    }

    @Test
    void aServiceKnowsItsFrameworkOnlyAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.whence.ingest..", "dev.whence.indexer..", "dev.whence.query..")
                .and()
                .resideOutsideOfPackages(
                        "dev.whence.*.config..",
                        "dev.whence.*.kafka..",
                        "dev.whence.*.rest..",
                        "dev.whence.*.page..",
                        "dev.whence.*.schedule..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORK)
                .check(HOUSE);
    }

    @Test
    void noRoomIsCalledUtilCommonOrHelper() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..helper..",
                        "..helpers..",
                        "..misc..")
                .check(HOUSE);
        classes()
                .that()
                .resideInAPackage("dev.whence..")
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Common)$")
                .check(HOUSE);
    }

    @Test
    void packagesOfARoomFormNoCycle() {
        slices().matching("dev.whence.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void faultsAreForTestsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.whence.store.fault..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.whence.store.fault..")
                .check(HOUSE);
    }

    private static void knowsNothingOfOurs(String room) {
        knowsOnly(room);
    }

    /** A room may use itself, the rooms that it is built on, and what is not ours. */
    private static void knowsOnly(String room, String... builtOn) {
        DescribedPredicate<JavaClass> allowed = resideInAPackage(room + "..");
        for (String other : builtOn) {
            allowed = allowed.or(resideInAPackage(other + ".."));
        }
        noClasses()
                .that(resideInAPackage(room + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.whence..").and(not(allowed)))
                .check(HOUSE);
    }
}
