package dev.stemma.ingest.volume;

import dev.stemma.ingest.fuzz.TextFuzz;
import dev.stemma.ingest.problem.Origin;
import java.nio.file.Path;
import java.util.List;

/** LVM's text metadata, and the group that it describes. */
public final class LvmTextFuzz extends TextFuzz {

    @Override
    public String name() {
        return "lvm-text";
    }

    @Override
    protected List<byte[]> texts(Path work) throws Exception {
        return List.of(VolumeFuzz.text(work));
    }

    @Override
    public void run(byte[] input) throws Exception {
        LvmGroup.of(LvmText.parse(input, Origin.of("text")));
    }
}
