package dev.stemma.ingest.image.ova;

import dev.stemma.ingest.analyze.zip.HeapBytes;
import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.fuzz.TextFuzz;
import dev.stemma.ingest.image.Ova;
import dev.stemma.ingest.problem.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** OVF packages: the archive, and its description in XML. */
public final class OvaFuzz extends TextFuzz {

    @Override
    public String name() {
        return "ova";
    }

    @Override
    protected List<byte[]> texts(Path work) throws Exception {
        Files.writeString(work.resolve("a.vmdk"), "disk");
        Path archive = new Ova(work).disk("a.vmdk").disk("b.img").archive("a.ova", "a.vmdk");
        return List.of(Files.readAllBytes(archive), Files.readAllBytes(work.resolve("package.ovf")));
    }

    @Override
    public void run(byte[] input) throws Exception {
        MemorySource source = new MemorySource(input);
        if (input.length > 0 && input[0] == '<') {
            OvfPackage.ofEnvelope(source, name -> HeapBytes.of(new byte[9], Origin.of("file")));
        } else {
            OvfPackage.ofArchive(source);
        }
    }
}
