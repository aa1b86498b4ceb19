package dev.stemma.queries.insight;

import dev.stemma.graph.store.ReadOnlyCypher;
import dev.stemma.queries.problem.QueryProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The questions that are known: those that Stemma brings, and those in a directory of the user's, which are read anew each time and come first.
 * They only read, within the limits of {@link ReadOnlyCypher}. Safe for use by several threads.
 */
public final class Questions {

    /** In the order in which they are told. */
    static final List<String> BUILT_IN = List.of(
            "databases",
            "expiring-certificates",
            "failing-machines",
            "package-versions",
            "rare-software",
            "shared-host-keys",
            "shared-machine-ids",
            "unpatched",
            "unused-images");

    private static final String ENDING = ".cypher";
    private static final int MAX_FILES = 1_000;
    private static final int MAX_BYTES = 64 << 10;

    private final ReadOnlyCypher cypher;
    private final Path directory;

    /** @param directory with files {@code NAME.cypher}; need not be there */
    public Questions(ReadOnlyCypher cypher, Path directory) {
        this.cypher = cypher;
        this.directory = directory;
    }

    /** A question that cannot be read is named with what is wrong with it. */
    public record Known(String name, Optional<Question> question, Optional<String> problem) {}

    /** All questions by name; the user's take the place of ours of the same name. */
    public List<Known> all() {
        Map<String, Known> known = new TreeMap<>();
        BUILT_IN.forEach(name -> known.put(name, known(name, () -> builtIn(name))));
        for (Path file : files()) {
            String name = name(file);
            known.put(name, known(name, () -> read(file)));
        }
        return List.copyOf(known.values());
    }

    private static Known known(String name, java.util.function.Supplier<String> text) {
        try {
            return new Known(name, Optional.of(Question.parse(name, text.get())), Optional.empty());
        } catch (QueryProblem e) {
            return new Known(name, Optional.empty(), Optional.ofNullable(e.getMessage()));
        }
    }

    /**
     * One question.
     *
     * @throws QueryProblem NOT_FOUND when there is none of that name, INVALID when it cannot be read
     */
    public Question require(String name) {
        if (Question.NAME.matcher(name).matches()) {
            Path file = directory.resolve(name + ENDING);
            if (Files.isRegularFile(file)) {
                return Question.parse(name, read(file));
            }
            if (BUILT_IN.contains(name)) {
                return Question.parse(name, builtIn(name));
            }
        }
        throw new QueryProblem(
                QueryProblem.Code.NOT_FOUND,
                "there is no question " + name + "; stemma ask lists those that there are");
    }

    /**
     * Asks a question.
     *
     * @param given values by parameter, as they were typed
     * @throws QueryProblem as {@link #require} does, and INVALID for values that do not fit
     * @throws dev.stemma.graph.store.GraphException when the query is wrong, writes, or meets a limit
     */
    public ReadOnlyCypher.Answer ask(Question question, Map<String, String> given, ReadOnlyCypher.Limits limits) {
        return cypher.run(question.cypher(), question.values(given), limits);
    }

    private List<Path> files() {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> Question.NAME.matcher(name(file)).matches())
                    .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .limit(MAX_FILES)
                    .forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new QueryProblem(
                        QueryProblem.Code.INVALID,
                        "question " + name(file) + ": it has more than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID, "question " + name(file) + ": it cannot be read: " + e.getMessage());
        }
    }

    private static String builtIn(String name) {
        try (InputStream in = Questions.class.getResourceAsStream("/questions/" + name + ENDING)) {
            if (in == null) {
                throw new IllegalStateException("the question " + name + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
