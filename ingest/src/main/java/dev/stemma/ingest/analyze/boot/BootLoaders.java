package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Boot loaders by what their installers leave behind. The program alone, as its package brings it, is no evidence; its
 * configuration and its place on the boot partitions are.
 *
 * @param names sorted
 * @param evidence one sentence for each trace
 */
record BootLoaders(List<String> names, List<String> evidence) {

    static final String GRUB = "grub2";
    static final String SYSTEMD_BOOT = "systemd-boot";
    static final String EXTLINUX = "extlinux";
    static final String SYSLINUX = "syslinux";

    BootLoaders {
        names = List.copyOf(names);
        evidence = List.copyOf(evidence);
    }

    private static final Map<String, List<String>> TRACES = Map.of(
            GRUB,
            List.of(
                    "/boot/grub/grub.cfg",
                    "/boot/grub2/grub.cfg",
                    "/boot/grub/i386-pc/core.img",
                    "/boot/grub2/i386-pc/core.img"),
            SYSTEMD_BOOT,
            List.of("/boot/loader/loader.conf", "/boot/efi/loader/loader.conf", "/efi/loader/loader.conf"),
            EXTLINUX,
            List.of(
                    "/boot/extlinux/ldlinux.sys",
                    "/boot/extlinux/extlinux.conf",
                    "/extlinux.conf",
                    "/boot/extlinux.conf"),
            SYSLINUX,
            List.of(
                    "/boot/syslinux/ldlinux.sys",
                    "/boot/syslinux/syslinux.cfg",
                    "/syslinux/syslinux.cfg",
                    "/syslinux.cfg"));

    private static final List<String> ESP = List.of("/boot/efi/EFI", "/efi/EFI", "/boot/EFI");
    private static final Pattern GRUB_EFI = Pattern.compile("grub[a-z0-9]*\\.efi");
    private static final Pattern SYSTEMD_EFI = Pattern.compile("systemd-boot[a-z0-9]+\\.efi");

    static BootLoaders find(FactLog log) throws OverBudget {
        Set<String> names = new TreeSet<>();
        List<String> evidence = new ArrayList<>();
        for (Map.Entry<String, List<String>> traces : new java.util.TreeMap<>(TRACES).entrySet()) {
            for (String trace : traces.getValue()) {
                log.attempt(GuestPath.parse(trace), path -> {
                    if (log.files().find(path).isPresent()) {
                        names.add(traces.getKey());
                        evidence.add(traces.getKey() + ": there is " + path.escaped());
                    }
                });
            }
        }
        for (String esp : ESP) {
            for (GuestFiles.Found vendor : log.list(GuestPath.parse(esp))) {
                if (vendor.node().payload() instanceof Payload.Directory) {
                    for (GuestFiles.Found found : log.list(vendor.path())) {
                        String name = GuestText.name(found.path()).toLowerCase(Locale.ROOT);
                        String loader = GRUB_EFI.matcher(name).matches()
                                ? GRUB
                                : SYSTEMD_EFI.matcher(name).matches() ? SYSTEMD_BOOT : "";
                        if (!loader.isEmpty()) {
                            names.add(loader);
                            evidence.add(loader + ": there is "
                                    + GuestText.shown(found.path().escaped()));
                        }
                    }
                }
            }
        }
        return new BootLoaders(List.copyOf(names), evidence.stream().limit(50).toList());
    }
}
