package dev.stemma.ingest.analyze.program;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.software.Sightings;
import dev.stemma.ingest.analyze.software.Software;
import dev.stemma.ingest.analyze.software.SpottedFile;
import dev.stemma.ingest.analyze.software.Spotter;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Go and Rust programs that say what they were built from. Looks at files that somebody may execute and that are large
 * enough to be one of those; of a program of any other kind, only the header and the section table are read.
 */
public final class ProgramSpotter implements Spotter {

    /** Programs of either language are larger, if nobody takes great pains: a megabyte of Go, a quarter of Rust. */
    private static final long MIN_BYTES = 128 << 10;

    private static final int EXECUTABLE = 0111;
    private static final List<String> SECTIONS = List.of(".go.buildinfo", ".dep-v0");

    @Override
    public String id() {
        return "program";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public int maxFiles() {
        return 50_000;
    }

    @Override
    public boolean picks(GuestPath path, Attributes attributes, long sizeBytes) {
        return sizeBytes >= MIN_BYTES && (attributes.mode() & EXECUTABLE) != 0;
    }

    @Override
    public void read(SpottedFile file, Sightings sightings) throws ImageProblem {
        Optional<ElfFile> program = ElfFile.open(file.bytes());
        if (program.isEmpty()) {
            return;
        }
        List<Optional<ByteSource>> sections = program.get().sections(SECTIONS);
        if (sections.getFirst().isPresent()) {
            GoBuildInfo.read(program.get(), sections.getFirst().get())
                    .ifPresent(info -> add(info, file.place(), sightings));
        }
        if (sections.getLast().isPresent()) {
            for (RustAudit.Crate crate :
                    RustAudit.read(sections.getLast().get()).crates()) {
                sightings.add(Software.of("cargo", crate.name(), crate.version()), file.place());
            }
        }
    }

    private static void add(GoBuildInfo info, String place, Sightings sightings) {
        if (info.goVersion().startsWith("go")) {
            // Go's library is a part of the program as any module is; Go's vulnerability database calls it so.
            sightings.add(Software.of("golang", "stdlib", info.goVersion().substring(2)), place);
        }
        info.main().ifPresent(module -> sightings.add(draft(module), place));
        info.modules().forEach(module -> sightings.add(draft(module), place));
    }

    /** A package URL takes the module's path in lower case, split at its last slash. */
    private static Software.Draft draft(GoBuildInfo.Module module) {
        String path = module.path().toLowerCase(Locale.ROOT);
        int slash = path.lastIndexOf('/');
        return slash < 0
                ? new Software.Draft("golang", null, path, module.path(), module.version(), null)
                : new Software.Draft(
                        "golang",
                        path.substring(0, slash),
                        path.substring(slash + 1),
                        module.path(),
                        module.version(),
                        null);
    }
}
