package dev.whence.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The system gives a service no more memory, in the midst of its work: it ends, and the next may
 * have what it needs. Heaps begin small and are given back, so that they must grow all the time.
 */
@Faults
class ScarceMemoryTest {
    private static final String[] HEAP = {
        "-Xms16m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10", "-XX:-CreateCoredumpOnCrash"
    };

    @BeforeAll
    static void open(Stage stage) throws Exception {
        assumeTrue(DataLimit.isThere(), "there is no prlimit here, or no /proc");
        stage.startOneOfEach(HEAP);
    }

    @Test
    void eachServiceMeetsALimitOfItsMemory(Stage stage) throws Exception {
        List<Service> services = new ArrayList<>(stage.all());
        Collections.shuffle(services, stage.random());
        endureLimits(
                stage,
                "no more memory for each of the services, one after the other",
                () -> {
                    for (Service service : services) {
                        service.signs().awaitWork();
                        DataLimit.endByIt(List.of(service));
                    }
                });
    }

    @Test
    void allServicesMeetALimitOfTheirMemory(Stage stage) throws Exception {
        endureLimits(
                stage,
                "no more memory for any of the services",
                () -> {
                    for (Service service : stage.all()) {
                        service.signs().awaitWork();
                    }
                    DataLimit.endByIt(stage.all());
                });
    }

    private static void endureLimits(Stage stage, String name, Stage.Happening happening)
            throws Exception {
        stage.endures(
                new Fault(name, Within.START, stage.all().stream().map(Sign::ended).toList()),
                happening);
    }
}
