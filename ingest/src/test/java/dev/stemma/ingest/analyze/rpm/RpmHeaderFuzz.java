package dev.stemma.ingest.analyze.rpm;

import dev.stemma.ingest.HeapFileSystem;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.fuzz.TextFuzz;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Headers of packages as rpm keeps them. */
public final class RpmHeaderFuzz extends TextFuzz {

    @Override
    public String name() {
        return "rpm-header";
    }

    @Override
    protected List<byte[]> texts(Path work) throws Exception {
        return List.of(Rpms.header(work, 20, 4));
    }

    @Override
    public void run(byte[] input) throws Exception {
        Origin origin = Origin.of("package");
        Header header = Header.parse(input, origin);
        RpmPackage.of(header, origin);
        GuestFiles files = GuestFiles.of(new HeapFileSystem(), Budget.of(Duration.ofSeconds(10)));
        new RpmFiles(new Placement(files)).of(header, origin);
    }
}
