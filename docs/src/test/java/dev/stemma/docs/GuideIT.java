package dev.stemma.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the guide, in order, as a person would: in a shell, through {@code bin/stemma}, with a service, a Neo4j
 * and the demo's six disk images, which {@code bin/demo-images} makes where they are not there yet.
 */
class GuideIT {

    private static final String PAGE = "docs/guide/first-steps.adoc";

    @TempDir
    private static Path home;

    @TempDir
    private static Path work;

    @BeforeAll
    static void images() throws IOException, InterruptedException {
        Path images = demoImages();
        Shell.run("bin/demo-images " + Shell.quote(images), Repository.path(""), home, 30)
                .requireDone();
        try (Stream<Path> files = Files.list(images)) {
            for (Path image : files.filter(Files::isRegularFile).toList()) {
                // The overlays find what they stand on where the links lead.
                Files.createSymbolicLink(work.resolve(image.getFileName()), image);
            }
        }
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        Shell.run("stemma down || true", work, home, 2);
    }

    @TestFactory
    Stream<DynamicTest> everyExampleDoesWhatThePageShows() {
        return Stream.concat(
                Example.of(Repository.path(PAGE), Repository.text(PAGE)).stream()
                        .map(example -> DynamicTest.dynamicTest(example.toString(), () -> check(example))),
                Stream.of(
                        DynamicTest.dynamicTest("up again", () -> done("stemma up --port 0")),
                        DynamicTest.dynamicTest("the demo's question", GuideIT::theDemoAsksOneQuestionInThreeLanguages),
                        DynamicTest.dynamicTest("packages counted", GuideIT::asManyPackagesAreToldAsDpkgHasInstalled)));
    }

    private static void theDemoAsksOneQuestionInThreeLanguages() throws IOException, InterruptedException {
        String asked = "source " + Shell.quote(Repository.path("bin/lib/demo-story.sh")) + "; stemma ";
        List<String> images =
                done(asked + "cypher \"$QUESTION_CYPHER\" --output csv").lines().toList();
        assertThat(images).hasSize(4).element(0).isEqualTo("image,openssl");
        assertThat(done(asked + "sparql \"$QUESTION_SPARQL\" --output csv").lines())
                .containsExactlyElementsOf(images);
        assertThat(done(asked
                                + "graphql \"$QUESTION_GRAPHQL\" | jq -r '.images[] | [.name, .packages[].version] | join(\",\")'")
                        .lines())
                .containsExactlyElementsOf(images.subList(1, images.size()));
    }

    private static void asManyPackagesAreToldAsDpkgHasInstalled() throws IOException, InterruptedException {
        for (String image : List.of("base", "web-drifted")) {
            long installed =
                    Files.readAllLines(demoImages().resolve("oracle").resolve(image + ".packages.tsv")).stream()
                            .filter(line -> line.endsWith("\tinstall ok installed"))
                            .count();
            assertThat(done("stemma show " + image)).contains("\nholds         " + installed + " packages, ");
        }
    }

    private static String done(String command) throws IOException, InterruptedException {
        Shell.Outcome outcome = Shell.run(command, work, home, 10);
        outcome.requireDone();
        return outcome.output();
    }

    private static void check(Example example) throws IOException, InterruptedException {
        Shell.Outcome outcome = Shell.run(allowing(example.command()), work, home, 10);
        outcome.requireDone();
        assertThat(example.pattern().matcher(outcome.output()).lookingAt())
                .as("%s printed:%n%s%nwhich is not:%n%s", example, outcome.output(), String.join("\n", example.shown()))
                .isTrue();
    }

    /** The images are links here, so the directory that they really lie in is allowed beside the working directory. */
    private static String allowing(String command) {
        return command.replace("--allow .", "--allow . --allow " + Shell.quote(demoImages()));
    }

    /** Where the demo keeps its images, so that they are made once. */
    private static Path demoImages() {
        Path data = Optional.ofNullable(System.getenv("XDG_DATA_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".local", "share"));
        return Optional.ofNullable(System.getenv("STEMMA_DEMO_IMAGES"))
                .map(Path::of)
                .orElse(data.resolve("stemma").resolve("demo"));
    }

    /** Runs one line of bash. */
    private static final class Shell {

        record Outcome(String command, int exitCode, String output, String errors) {
            void requireDone() {
                assertThat(exitCode)
                        .as("%s printed:%n%s%s", command, output, errors)
                        .isZero();
            }
        }

        static Outcome run(String command, Path directory, Path home, int minutes)
                throws IOException, InterruptedException {
            Path output = Files.createTempFile("stemma-guide", ".out");
            Path errors = Files.createTempFile("stemma-guide", ".err");
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("STEMMA_HOME", home.toString());
            builder.environment().put("STEMMA_NO_BUILD", "yes");
            builder.environment().merge("PATH", Repository.path("bin").toString(), (path, bin) -> bin + ":" + path);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("longer than " + minutes + " minutes: " + command);
            }
            try {
                return new Outcome(command, process.exitValue(), Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        }

        static String quote(Path path) {
            return "'" + path.toString().replace("'", "'\\''") + "'";
        }
    }
}
