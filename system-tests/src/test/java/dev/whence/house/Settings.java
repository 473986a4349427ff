package dev.whence.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All settings of all services: every interface with {@link ConfigMapping} in the house, read from
 * its class (names, types, defaults) and from its source (what it says of them).
 */
final class Settings {
    private static final Path ROOT = Path.of(System.getProperty("whence.root"));

    private final Map<String, Path> sources = new HashMap<>();
    private final Map<String, String> documentation = new HashMap<>();

    private Settings() {}

    /** The settings by their prefix, each in the order of its source. */
    static Map<String, List<Setting>> all() throws IOException {
        var settings = new Settings();
        settings.readSources();
        var all = new TreeMap<String, List<Setting>>();
        for (Class<?> mapping : settings.mappings()) {
            String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
            List<Setting> found = settings.of(mapping, prefix);
            List<Setting> other = all.put(prefix, found);
            if (other != null && !other.equals(found)) {
                throw new AssertionError("two interfaces say different things of " + prefix);
            }
        }
        return all;
    }

    private List<Class<?>> mappings() throws IOException {
        var mappings = new ArrayList<Class<?>>();
        for (var source : sources.entrySet()) {
            if (Files.readString(source.getValue()).contains("@ConfigMapping(")) {
                mappings.add(load(source.getKey()));
            }
        }
        mappings.sort(Comparator.comparing(Class::getName));
        return mappings;
    }

    private List<Setting> of(Class<?> mapping, String prefix) throws IOException {
        var settings = new ArrayList<Setting>();
        for (Class<?> inherited : mapping.getInterfaces()) {
            settings.addAll(of(inherited, prefix));
        }
        var methods = new HashMap<String, Method>();
        for (Method method : mapping.getDeclaredMethods()) {
            methods.put(method.getName(), method);
        }
        for (String name : document(mapping)) {
            Method method = methods.get(name);
            if (method != null && Modifier.isAbstract(method.getModifiers())) {
                settings.addAll(of(method, prefix + "." + kebab(name)));
            }
        }
        return settings;
    }

    private List<Setting> of(Method method, String name) throws IOException {
        Class<?> type = Setting.valueType(method.getGenericReturnType());
        if (sources.containsKey(type.getName())) {
            return of(type, name);
        }
        String text =
                documentation.get(method.getDeclaringClass().getName() + "." + method.getName());
        if (text == null) {
            throw new AssertionError(method + " says nothing of itself");
        }
        WithDefault standard = method.getAnnotation(WithDefault.class);
        return List.of(
                new Setting(
                        name,
                        type,
                        Optional.ofNullable(standard).map(WithDefault::value),
                        SettingBounds.without(text),
                        SettingBounds.in(text)));
    }

    /** Reads what an interface says of its methods; returns their names in its order. */
    private List<String> document(Class<?> type) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var names = new ArrayList<String>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> source =
                    files.getJavaFileObjects(sources.get(type.getName()));
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null, files, null, List.of("-proc:none"), null, source);
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree member : ((ClassTree) unit.getTypeDecls().getFirst()).getMembers()) {
                    if (member instanceof MethodTree method) {
                        String name = method.getName().toString();
                        names.add(name);
                        String comment = docs.getDocComment(TreePath.getPath(unit, method));
                        documentation.put(type.getName() + "." + name, markdown(comment));
                    }
                }
            }
        }
        return names;
    }

    private void readSources() throws IOException {
        try (Stream<Path> rooms = Files.list(ROOT)) {
            for (Path room : rooms.map(path -> path.resolve("src/main/java")).toList()) {
                if (Files.isDirectory(room)) {
                    readSources(room);
                }
            }
        }
    }

    private void readSources(Path room) throws IOException {
        try (Stream<Path> files = Files.walk(room)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file ->
                            sources.put(
                                    room.relativize(file)
                                            .toString()
                                            .replaceAll("\\.java$", "")
                                            .replace('/', '.'),
                                    file));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Settings.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is not on the class path", e);
        }
    }

    private static String markdown(String comment) {
        return comment == null
                ? null
                : comment.replaceAll("(?s)@(throws|param|return) .*", "")
                        .replaceAll("\\s+", " ")
                        .strip()
                        .replaceAll("\\{@code ([^}]+)}", "`$1`")
                        .replaceAll("\\{@link [^}]*?#?(\\w+)}", "`$1`")
                        .replaceAll("<p>\\s*", "");
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
