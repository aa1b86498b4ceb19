package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.analyze.rpm.Rpms;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which owned files were changed: what the graph says against what dpkg and rpm themselves say of the same tree. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
class PipelineVerificationIT {

    /** {@code ??5?????? c /etc/x} and {@code missing     c /etc/x}; both tools write the same form. */
    private static final Pattern LINE = Pattern.compile("(missing|[.?]*[S.?][M.?][5?.]\\S*) +(?:(\\w) )? *(/.*)");

    @TempDir
    Path work;

    private final Graph graph;

    PipelineVerificationIT(Graph graph) {
        this.graph = graph;
    }

    private IngestOutcome index(Path image, ImageRules rules) throws Exception {
        return new IngestPipeline(graph, new ManifestStore(work.resolve("manifests")))
                .run(
                        IngestRequest.of(image, Level.FULL, rules),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));
    }

    /** Verdict, whether it is configuration, path. */
    private TreeSet<String> found(IngestOutcome outcome) {
        TreeSet<String> found = new TreeSet<>();
        graph.read(new Statement(
                        "MATCH (:Inventory {id: $id})-[c:CHECKED_AGAINST]->() UNWIND range(0, size(c.paths) - 1) AS i"
                                + " WITH c, i WHERE c.verdicts[i] <> 'UNVERIFIABLE' RETURN c.verdicts[i] AS verdict,"
                                + " c.configuration[i] AS configuration, c.paths[i] AS path",
                        Map.of("id", outcome.inventory().hex())))
                .forEach(row ->
                        found.add(row.text("verdict") + (row.flag("configuration") ? " c " : " ") + row.text("path")));
        return found;
    }

    private Row summary(IngestOutcome outcome) {
        return graph.read(new Statement(
                        "MATCH (i:Inventory {id: $id}) RETURN i.checkedBy AS by, i.ownedIntact AS intact,"
                                + " i.ownedUnverifiable AS unverifiable",
                        Map.of("id", outcome.inventory().hex())))
                .getFirst();
    }

    private static TreeSet<String> told(String output) {
        TreeSet<String> told = new TreeSet<>();
        for (String line : output.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            boolean missing = matcher.group(1).equals("missing");
            if (missing || matcher.group(1).charAt(2) == '5') {
                String path = matcher.group(3).replaceFirst("^/(bin|sbin|lib)/", "/usr/$1/");
                told.add((missing ? "MISSING" : "MODIFIED") + ("c".equals(matcher.group(2)) ? " c " : " ") + path);
            }
        }
        return told;
    }

    private static TreeSet<String> dpkgSays(DebianDisks disks) throws Exception {
        Path changed = disks.directory().resolve("changed");
        return told(Tool.run(List.of("sh", "-c", "LC_ALL=C dpkg --root='" + changed + "' --verify || true")));
    }

    @Test
    void changedFilesAreThoseThatDpkgNames() throws Exception {
        Tool.require("dpkg", "dpkg-deb", "dpkg-divert", "mke2fs");
        Tool.script(PipelineVerificationIT.class, "changed-packages.sh", work);
        IngestOutcome outcome = index(work.resolve("disk.raw"), ImageRules.within(work));
        TreeSet<String> expected = told(Files.readString(work.resolve("verified")));
        // dpkg looks for the checksum of a diverted file under the path that it was diverted to, and finds none.
        expected.add("MODIFIED /usr/bin/tool.real");
        assertThat(found(outcome)).isEqualTo(expected).hasSize(8);
        assertThat(summary(outcome).number("intact")).isEqualTo(8);
        assertThat(summary(outcome).number("unverifiable")).isEqualTo(1);
        assertThat(graph.read(Statement.of(
                        "MATCH (v:PackageVersion) WHERE v.whole IS NOT NULL RETURN v.purl AS purl ORDER BY purl")))
                .extracting(row -> row.text("purl").replaceFirst(".*/(.*)@.*", "$1"))
                .containsExactly("diverter", "whole");
    }

    @Test
    void aRealDebianIsAsDpkgSaysWhetherItsPackagesAreKnownOrNot() throws Exception {
        DebianDisks disks = DebianDisks.built();
        TreeSet<String> expected = dpkgSays(disks);
        IngestOutcome first = index(disks.changed(), disks.rules());
        assertThat(found(first)).isEqualTo(expected).hasSizeGreaterThan(50);

        IngestOutcome base = index(disks.base(), disks.rules());
        assertThat(found(base)).isEmpty();
        assertThat(summary(base).number("intact"))
                .isGreaterThan(summary(first).number("intact"))
                .isGreaterThan(3_000);

        // The second time packages are known, and what comes of it is the same.
        graph.write(Statement.of("MATCH (i:Inventory) SET i.checkedBy = null"));
        IngestOutcome again = index(disks.changed(), disks.rules());
        assertThat(again.known()).isTrue();
        assertThat(found(again)).isEqualTo(expected);
        assertThat(summary(again)).isEqualTo(summary(first));
    }

    @Test
    void aDebianWhosePackagesWereFoundWholeBeforeIsAsDpkgSays() throws Exception {
        DebianDisks disks = DebianDisks.built();
        TreeSet<String> expected = dpkgSays(disks);
        index(disks.base(), disks.rules());
        IngestOutcome after = index(disks.changed(), disks.rules());
        assertThat(found(after)).isEqualTo(expected).hasSizeGreaterThan(50);

        GraphExtension.empty(graph);
        assertThat(summary(index(disks.changed(), disks.rules()))).isEqualTo(summary(after));
    }

    @Test
    void changedFilesAreThoseThatRpmNames() throws Exception {
        Path rpms = Rpms.build(work, 20, 8);
        Path tree = Rpms.install(rpms, work.resolve("tree"), "/var/lib/rpm");
        Files.writeString(tree.resolve("usr/share/alpha/a"), "changed by hand\n");
        Files.writeString(tree.resolve("usr/lib/old/lib.so"), "changed by hand\n");
        Files.writeString(tree.resolve("etc/alpha/alpha.conf"), "changed by hand\n");
        Files.delete(tree.resolve("usr/share/alpha/sub/with blank"));
        Files.delete(tree.resolve("usr/share/alpha/link"));
        String output = Tool.run(List.of(
                "sh",
                "-c",
                "rpm --root '" + tree + "' --dbpath /var/lib/rpm --define '_db_backend sqlite' -Va --nodeps --noscripts"
                        + " 2>/dev/null || true"));
        Path image = work.resolve("fedora.raw");
        Tool.run(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString(), "64M"));
        IngestOutcome outcome = index(image, ImageRules.within(work));
        assertThat(found(outcome)).isEqualTo(told(output)).hasSize(5);
    }
}
