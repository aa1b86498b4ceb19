package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestFact.Kernel;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kernels by the names that distributions give them below {@code /boot}, each with its initial file system. */
final class Kernels {

    private static final GuestPath BOOT = GuestPath.parse("/boot");
    private static final Pattern NAME = Pattern.compile("(?:vmlinu[xz]|bzImage|kernel|Image)-(.{1,200})");

    /** Unified kernel images, kernel and initial file system in one; the Boot Loader Specification's type 2. */
    private static final List<GuestPath> UNIFIED = List.of(
            GuestPath.parse("/boot/efi/EFI/Linux"),
            GuestPath.parse("/efi/EFI/Linux"),
            GuestPath.parse("/boot/EFI/Linux"));

    private Kernels() {}

    static List<Kernel> find(FactLog log) throws OverBudget {
        List<GuestFiles.Found> all = log.list(BOOT);
        Set<String> names = new TreeSet<>();
        all.forEach(found -> names.add(GuestText.name(found.path())));
        List<Kernel> kernels = new ArrayList<>();
        for (GuestFiles.Found found : all) {
            Matcher name = NAME.matcher(GuestText.name(found.path()));
            if (name.matches() && found.node().payload() instanceof Payload.File) {
                String version = name.group(1);
                kernels.add(new Kernel(GuestText.shown(version), found.path().escaped(), initrd(names, version)));
            }
        }
        for (GuestPath directory : UNIFIED) {
            for (GuestFiles.Found found : log.list(directory)) {
                String name = GuestText.name(found.path());
                if (name.endsWith(".efi")) {
                    kernels.add(new Kernel(
                            GuestText.shown(name.substring(0, name.length() - 4)),
                            found.path().escaped(),
                            Optional.empty()));
                }
            }
        }
        return kernels;
    }

    private static Optional<String> initrd(Set<String> names, String version) {
        return List.of(
                        "initrd.img-" + version,
                        "initramfs-" + version + ".img",
                        "initrd-" + version,
                        "initramfs-" + version)
                .stream()
                .filter(names::contains)
                .findFirst()
                .map(name -> BOOT.child(GuestName.of(name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                        .escaped());
    }
}
