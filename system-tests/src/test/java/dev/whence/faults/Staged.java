package dev.whence.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the faults of a class their stage: opened for the first, closed after the last. Tells it
 * which of them comes.
 */
final class Staged implements ParameterResolver, BeforeEachCallback {
    private static final Namespace HERE = Namespace.create(Staged.class);

    /** Closed with the class, as all that is kept there and can be closed. */
    private record Opened(Path directory, Stage stage) implements AutoCloseable {
        static Opened open(FaultTable table) {
            try {
                Path directory = Files.createTempDirectory("whence-faults-");
                return new Opened(directory, Stage.open(directory, table));
            } catch (Exception e) {
                throw new IllegalStateException("there is no stage", e);
            }
        }

        @Override
        public void close() throws Exception {
            stage.close();
            try (Stream<Path> walk = Files.walk(directory)) {
                List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new IOException(directory + " cannot be cleared away", e);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stage(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        stage(context).begin(context.getRequiredTestMethod().getName());
    }

    private static Stage stage(ExtensionContext context) {
        FaultTable table =
                context.getRoot()
                        .getStore(HERE)
                        .getOrComputeIfAbsent(
                                FaultTable.class, _ -> FaultTable.begin(), FaultTable.class);
        return context.getStore(HERE)
                .getOrComputeIfAbsent(Opened.class, _ -> Opened.open(table), Opened.class)
                .stage();
    }
}
