package dev.stemma.ingest.image;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens an image in a process of its own, and says how that went: with fewer powers, or to be killed. */
final class OpenAs {

    private OpenAs() {}

    /** The code of the problem that root meets without its powers over permissions; setpriv is part of util-linux. */
    static String powerless(Path image, Path allowed) throws Exception {
        Process process = start(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"), image, allowed);
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    static Process start(List<String> prefix, Path image, Path allowed) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                OpenAs.class.getName(),
                image.toString(),
                allowed.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) throws Exception {
        try (OpenImage open = ImageOpener.open(
                Path.of(args[0]), ImageRules.within(Path.of(args[1])), Budget.of(Duration.ofMinutes(1)))) {
            System.out.println("open " + open.facts().format());
            System.out.flush();
            System.in.read();
        } catch (ImageProblem e) {
            System.out.println(e.code());
        }
    }
}
