package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.OverBudget;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of disks; tar unpacks them, sha256sum and qemu-img say that what is in them is right. */
class OvaCheckOutIT {

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(5));

    @TempDir
    Path directory;

    private ContentStore store;
    private Path out;
    private Path first;
    private Path second;
    private List<ImageManifest.Disk> disks;

    @BeforeEach
    void fill() throws Exception {
        Tool.require("qemu-img", "tar", "sha256sum");
        store = ContentStore.open(directory.resolve("store"));
        out = Files.createDirectory(directory.resolve("out"));
        MadeDisk one = MadeDisk.of(MadeDisk.contents(1, 40), 1, 16 << 20);
        MadeDisk two = MadeDisk.of(MadeDisk.contents(2, 10), 2, 8 << 20);
        first = one.write(directory.resolve("first.raw"));
        second = two.write(directory.resolve("second.raw"));
        disks = List.of(one.checkIn(store, first), two.checkIn(store, second));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private OvaCheckOut checkOut() {
        return new OvaCheckOut(store, directory, BUDGET);
    }

    @Test
    void anArchiveHasAnEnvelopeAManifestAndTheDisks() throws Exception {
        Path target = out.resolve("web.ova");
        long size = checkOut().to("web:1.2 <&>", disks, target, (_, _) -> {});

        assertThat(size).isEqualTo(Files.size(target));
        assertThat(out).isDirectoryContaining("glob:**web.ova");
        try (var left = Files.list(out)) {
            assertThat(left).hasSize(1);
        }
        assertThat(Tool.run(List.of("tar", "-tf", target.toString())).lines())
                .containsExactly("package.ovf", "package.mf", "disk1.vmdk", "disk2.vmdk");
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        Tool.run(List.of("tar", "-xf", target.toString(), "-C", unpacked.toString()));
        Tool.run(List.of(
                "sh",
                "-c",
                "cd \"$1\" && sed -E 's/^SHA256\\((.*)\\)= (.*)$/\\2  \\1/' package.mf | sha256sum -c --strict",
                "sh",
                unpacked.toString()));
        same(first, unpacked.resolve("disk1.vmdk"));
        same(second, unpacked.resolve("disk2.vmdk"));
        assertThat(Files.readString(unpacked.resolve("package.ovf")))
                .contains(
                        "<Name>web:1.2 &lt;&amp;&gt;</Name>",
                        "ovf:capacity=\"16777216\"",
                        "ovf:size=\"" + Files.size(unpacked.resolve("disk1.vmdk")) + "\"",
                        "made up");
    }

    private static void same(Path raw, Path vmdk) {
        assertThat(Tool.run(List.of("qemu-img", "compare", "-f", "raw", "-F", "vmdk", raw.toString(), vmdk.toString())))
                .contains("identical")
                .doesNotContain("size mismatch");
    }

    @Test
    void whetherAnArchiveHoldsTheDisksIsSeen() throws Exception {
        Path target = out.resolve("web.ova");
        checkOut().to("web:1.2", disks, target, (_, _) -> {});
        ImageRules rules = ImageRules.within(out);
        assertThat(checkOut().holds(disks, target, rules, 2)).isTrue();
        assertThat(checkOut().holds(disks.reversed(), target, rules, 2)).isFalse();
        assertThat(checkOut().holds(disks.subList(0, 1), target, rules, 2)).isFalse();
    }

    @Test
    void whatIsThereStaysAndWhatFailsLeavesNothing() throws Exception {
        Path there = Files.writeString(out.resolve("there.ova"), "mine");
        assertThatThrownBy(() -> checkOut().to("x", disks, there, (_, _) -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
        Files.delete(there);
        int[] told = new int[1];
        assertThatThrownBy(() -> checkOut().to("x", disks, there, (done, all) -> {
                    if (done == all && ++told[0] == 2) {
                        throw new OverBudget("cancelled", dev.stemma.ingest.problem.Origin.of("x"), "cancelled");
                    }
                }))
                .isInstanceOf(OverBudget.class);
        assertThat(out).isEmptyDirectory();
    }
}
