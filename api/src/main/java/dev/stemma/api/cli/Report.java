package dev.stemma.api.cli;

import dev.stemma.api.problem.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports. */
@Command(
        name = "report",
        description =
                "Write a report on an image. There is one kind: lineage, where it came from and what changed at each step.",
        footer = "  stemma report lineage web-1 --format html -o web-1.html")
final class Report extends Request {

    @Parameters(index = "0", paramLabel = "KIND", description = "lineage.")
    String kind = "";

    @Parameters(
            index = "1",
            paramLabel = "REF",
            description = "An image: its id, unique name, location, or digest prefix.")
    String ref = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "html",
            description = "html, json, prov (Turtle), jsonld or prov-json. Default: html.")
    String format = "html";

    @Option(
            names = {"-o", "--to"},
            paramLabel = "FILE",
            description = "Write it here instead of to the output.")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        if (!kind.equals("lineage")) {
            throw new CommandProblem(Outcome.USAGE, "there is no report called " + kind + ". There is: lineage");
        }
        String report = service()
                .text(
                        "GET",
                        "/api/v1/reports/lineage"
                                + new ServiceClient.Query().with("image", ref).with("format", format),
                        null,
                        "*/*");
        if (file == null) {
            terminal().out().print(report);
            return 0;
        }
        try {
            Files.writeString(file, report);
        } catch (NoSuchFileException e) {
            throw new CommandProblem(
                    Outcome.NOT_FOUND, "cannot write " + file + ": there is no such directory. Make it first", e);
        } catch (IOException e) {
            throw new CommandProblem(Outcome.FAILED, "cannot write " + file + ": " + e.getMessage(), e);
        }
        terminal().line("Wrote " + file.toAbsolutePath());
        return 0;
    }
}
