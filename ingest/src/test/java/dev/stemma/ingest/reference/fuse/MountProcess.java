package dev.stemma.ingest.reference.fuse;

import dev.stemma.ingest.ContentBrowser;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** A process that mounts a disk, and is there to be killed. Arguments: the disk, the directory to mount on. */
final class MountProcess {

    private MountProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path image = Path.of(arguments[0]);
        ImageRules rules =
                ImageRules.within(image.resolveSibling("").normalize()).withFormat("raw");
        ContentBrowser browser =
                ContentBrowser.open(image, rules, OptionalInt.empty(), Budget.of(Duration.ofMinutes(9)));
        FuseMount mount = FuseMount.open(browser.files(), Path.of(arguments[1]), "killed");
        System.out.println("mounted " + mount.directory());
        Thread.sleep(Duration.ofMinutes(5));
    }
}
