package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes several files of a version. */
@Command(
        name = "clone",
        description = {
            "Make several raw disks of a version, each of which opens a branch. The store is read once; where the file system can share blocks between files (btrfs, xfs), all take the place of one.",
            "Nothing is overwritten; when one fails, none is left."
        },
        footer = {
            "  stemma clone web:1.2 /srv/images/web-1.raw /srv/images/web-2.raw",
            "  stemma clone web:stable --overlay /srv/lab/base.raw /srv/lab/web-1.qcow2 /srv/lab/web-2.qcow2"
        })
final class Clone extends JobCommand {

    @Parameters(index = "0", paramLabel = "REF", description = "A version, web:1.2, or a channel, web:stable.")
    String ref = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TARGET",
            description = "The files to make, in allowed directories; 64 at most.")
    List<String> targets = List.of();

    @Option(
            names = "--overlay",
            description = "Make all but the first qcow2 overlays on the first, which nobody may write to afterwards.")
    boolean overlay;

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("version", ref).put("overlays", overlay);
        var list = wanted.putArray("targets");
        targets.forEach(target -> list.add(absolute(target)));
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        return submit("/api/v1/clones", wanted);
    }
}
