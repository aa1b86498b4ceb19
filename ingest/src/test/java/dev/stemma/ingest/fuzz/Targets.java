package dev.stemma.ingest.fuzz;

import dev.stemma.ingest.analyze.GuestFuzz;
import dev.stemma.ingest.analyze.rpm.RpmHeaderFuzz;
import dev.stemma.ingest.analyze.rpm.database.RpmDatabaseFuzz;
import dev.stemma.ingest.analyze.software.SoftwareFuzz;
import dev.stemma.ingest.filesystem.ext.ExtFuzz;
import dev.stemma.ingest.filesystem.fat.FatFuzz;
import dev.stemma.ingest.filesystem.xfs.XfsFuzz;
import dev.stemma.ingest.image.DiskFuzz;
import dev.stemma.ingest.image.ova.OvaFuzz;
import dev.stemma.ingest.manifest.ManifestFuzz;
import dev.stemma.ingest.partition.PartitionFuzz;
import dev.stemma.ingest.volume.LvmTextFuzz;
import dev.stemma.ingest.volume.VolumeFuzz;
import java.util.List;
import java.util.stream.Stream;

/** All targets. A new reader or parser comes with one. */
final class Targets {

    static final List<Fuzz> ALL = Stream.concat(
                    DiskFuzz.all().stream(),
                    Stream.of(
                            new OvaFuzz(),
                            new PartitionFuzz(),
                            new VolumeFuzz(),
                            new LvmTextFuzz(),
                            new ExtFuzz(),
                            new XfsFuzz(),
                            new FatFuzz(),
                            new RpmDatabaseFuzz(),
                            new RpmHeaderFuzz(),
                            new SoftwareFuzz(),
                            new GuestFuzz(),
                            new ManifestFuzz()))
            .toList();

    private Targets() {}

    static Fuzz require(String name) {
        return ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target " + name + "; there are "
                        + ALL.stream().map(Fuzz::name).toList()));
    }
}
