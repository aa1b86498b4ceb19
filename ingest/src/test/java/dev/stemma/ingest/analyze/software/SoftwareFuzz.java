package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Spotters;
import dev.stemma.ingest.fuzz.TextFuzz;
import dev.stemma.ingest.problem.Budget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files that tell of software, wherever they lie: archives, programs, JSON, lists. The first byte says which kind. */
public final class SoftwareFuzz extends TextFuzz {

    private static final List<String> PATHS = List.of(
            "/x.jar",
            "/usr/bin/x",
            "/node_modules/x/package.json",
            "/composer/installed.json",
            "/x.dist-info/METADATA",
            "/x.egg-info/PKG-INFO",
            "/specifications/x.gemspec");

    @Override
    public String name() {
        return "software";
    }

    private static byte[] of(int kind, byte[] content) {
        byte[] input = new byte[content.length + 1];
        input[0] = (byte) kind;
        System.arraycopy(content, 0, input, 1, content.length);
        return input;
    }

    private static byte[] of(int kind, String content) {
        return of(kind, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Programs begin with what tells; the rest, zeros, is made again by {@link #run}. */
    private static byte[] program(byte[] whole) {
        return of(1, Arrays.copyOf(whole, CraftedProgram.TELLING_BYTES));
    }

    @Override
    protected List<byte[]> texts(Path work) throws Exception {
        List<byte[]> texts = new ArrayList<>(List.of(
                of(0, CraftedArchive.jar()),
                program(CraftedProgram.go(true, true, true)),
                program(CraftedProgram.go(true, true, false)),
                program(CraftedProgram.go(false, false, false)),
                program(CraftedProgram.rust()),
                of(2, "{\"name\":\"x\",\"n\":[1,{\"a\":\"\\u0041\"}],\"version\":\"1.0\"}"),
                of(3, "{\"packages\":[{\"name\":\"a/b\",\"version\":\"1\",\"x\":{}}]}"),
                of(4, "Metadata-Version: 2.1\nName: x\nVersion: 1\nSummary: a\n b\n\nbody"),
                of(5, "Metadata-Version: 1.1\nName: x\nVersion: 1\n"),
                of(6, "# stub: x 1 ruby lib\n\nGem::Specification.new { s.name = \"x\" }")));
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(nested)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("BOOT-INF/lib/a.jar"));
            zip.write(CraftedArchive.jar());
        }
        texts.add(of(0, nested.toByteArray()));
        return texts;
    }

    @Override
    public void run(byte[] input) throws Exception {
        if (input.length < 2) {
            return;
        }
        int kind = (input[0] & 0xff) % PATHS.size();
        byte[] content = Arrays.copyOfRange(input, 1, kind == 1 ? Math.max(input.length, 160 << 10) : input.length);
        Findings found =
                new Shown().with(PATHS.get(kind), content).search(Spotters.ALL, Budget.of(Duration.ofSeconds(10)));
        for (Observation one : found.observations()) {
            if (one.code().equals("reader-failed")) {
                throw new AssertionError(one.message());
            }
        }
    }
}
