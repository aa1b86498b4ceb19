package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Versions whose files are shown in directories. */
@Command(
        name = "mounts",
        description = "List the versions that stemma mount shows, and how often something in them could not be read.",
        footer = "  stemma mounts")
final class Mounts extends Request {

    static final String PATH = "/api/v1/mounts";

    static final Table TABLE = Table.of(
            Column.of("id", "id"),
            Column.of("version", "version"),
            Column.of("directory", "directory"),
            Column.time("since", "since"),
            Column.number("failures", "failures"),
            Column.of("last failure", "lastFailure"));

    @Override
    public Integer call() {
        return print(service().get(PATH), "items", TABLE);
    }

    /** Begins to show one. */
    @Command(
            name = "mount",
            description = {
                "Show the files of a version in an empty directory of this computer, unrestored and read-only, by FUSE: ls, grep -r, diff and editors work on it. It stays until stemma unmount or stemma down.",
                "Only the user who runs Stemma can look into it, and sees all files. Programs in it are not run, and a link leads where this computer has what it names: look at targets before you follow them."
            },
            footer = {"  mkdir web && stemma mount web:1.2 web", "  stemma mount web:stable /srv/look --file-system 0:2"
            })
    static final class Begin extends Request {

        @Parameters(index = "0", paramLabel = "REF", description = "A version, web:1.2, or a channel, web:stable.")
        String ref = "";

        @Parameters(index = "1", paramLabel = "DIR", description = "An empty directory, in an allowed directory.")
        String directory = "";

        @Option(
                names = "--file-system",
                paramLabel = "N:M",
                description = "One file system alone, volume and partition, as stemma show has them.")
        @Nullable
        String fileSystem;

        @Override
        public Integer call() {
            ObjectNode wanted = Answer.object();
            wanted.put("version", ref).put("directory", JobCommand.absolute(directory));
            wanted.put("fileSystem", fileSystem);
            JsonNode mount = service().post(PATH, wanted);
            if (output != Output.TABLE) {
                return print(mount, List.of(mount), TABLE);
            }
            terminal().line(Answer.text(mount, "directory"));
            terminal().line("");
            terminal().line("End it:        stemma unmount " + Answer.text(mount, "id"));
            return 0;
        }
    }

    /** Ends some. */
    @Command(
            name = "unmount",
            description = "End mounts. Whoever still reads there gets errors.",
            footer = {"  stemma unmount web", "  stemma unmount m1 m2", "  stemma unmount --all"})
    static final class End extends Request {

        @ArgGroup(multiplicity = "1")
        Which which = new Which();

        /** One or more, or all. */
        static final class Which {
            @Parameters(
                    arity = "1..*",
                    paramLabel = "DIR|ID",
                    description = "A directory, or the id of a mount: stemma mounts.")
            List<String> mounts = List.of();

            @Option(names = "--all", description = "All that are open.")
            boolean all;
        }

        @Override
        public Integer call() {
            List<String> names = new ArrayList<>();
            which.mounts.forEach(name -> names.add(name.matches("m[0-9]+") ? name : JobCommand.absolute(name)));
            if (which.all) {
                Answer.list(service().get(PATH), "items").forEach(mount -> names.add(Answer.text(mount, "id")));
            }
            ObjectNode ended = Answer.object();
            var items = ended.putArray("items");
            names.forEach(name -> items.add(service().delete(PATH + "?mount=" + ServiceClient.encoded(name))));
            return print(ended, "items", TABLE);
        }
    }
}
