package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestFact.BootSetup;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a disk itself says of how it boots: an EFI system partition means UEFI, boot code in the first sector BIOS. Boot code is told
 * by the words in it (GRUB's {@code boot.S}, SYSLINUX's {@code mbr.S} and {@code diskstart.inc}); other code is code all the same.
 *
 * @param firmware {@code uefi}, {@code bios}, sorted
 * @param loaders boot loaders that the code belongs to, sorted
 */
public record BootMedium(List<String> firmware, List<String> loaders, List<String> evidence) {

    private static final Set<String> EFI_SYSTEM = Set.of("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef");
    private static final String BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";
    private static final int SECTOR_BYTES = 512;
    private static final int CODE_BYTES = 440; // before the disk's signature; the table follows at 446

    public BootMedium {
        firmware = List.copyOf(firmware);
        loaders = List.copyOf(loaders);
        evidence = List.copyOf(evidence);
    }

    /**
     * Looks at a disk.
     *
     * @param table {@code gpt}, {@code mbr} or {@code none}
     */
    public static BootMedium of(ByteSource disk, String table, List<Partition> partitions) throws ImageProblem {
        Set<String> firmware = new TreeSet<>();
        Set<String> loaders = new TreeSet<>();
        List<String> evidence = new ArrayList<>();
        for (Partition partition : partitions) {
            String type = partition.type().orElse("");
            if (EFI_SYSTEM.contains(type)) {
                firmware.add("uefi");
                evidence.add("uefi: partition " + partition.number() + " is an EFI system partition");
            } else if (type.equals(BIOS_BOOT)) {
                firmware.add("bios");
                evidence.add("bios: partition " + partition.number() + " is a BIOS boot partition");
            }
        }
        if (disk.sizeBytes() >= SECTOR_BYTES) {
            byte[] sector = new byte[SECTOR_BYTES];
            disk.read(0, MemorySegment.ofArray(sector));
            code(sector, table).ifPresent(loader -> {
                firmware.add("bios");
                if (!loader.isEmpty()) {
                    loaders.add(loader);
                }
                evidence.add((loader.isEmpty() ? "bios" : loader) + ": the first sector holds "
                        + (loader.isEmpty() ? "boot code" : "its boot code"));
            });
        }
        return new BootMedium(List.copyOf(firmware), List.copyOf(loaders), evidence);
    }

    /** The loader that a sector's code belongs to, an empty text for code of unknown origin, nothing where there is no code. */
    private static Optional<String> code(byte[] sector, String table) {
        String text = new String(sector, 0, CODE_BYTES, StandardCharsets.ISO_8859_1);
        if (text.contains("GRUB ")) {
            return Optional.of(BootLoaders.GRUB);
        }
        if (text.contains("EXTLINUX")) {
            return Optional.of(BootLoaders.EXTLINUX);
        }
        if (text.contains("SYSLINUX")) {
            return Optional.of(BootLoaders.SYSLINUX);
        }
        boolean signed = sector[510] == 0x55 && (sector[511] & 0xff) == 0xaa;
        // A file system that begins here has bytes of its own in this place; only beside a table are they code.
        boolean any = !table.equals("none") && signed && text.chars().anyMatch(c -> c != 0);
        return any ? Optional.of("") : Optional.empty();
    }

    /**
     * Facts with what the disk says added to how each guest boots; a disk without any guest that boots gets a setup of its
     * own when it says anything.
     */
    public List<GuestFact> complete(List<GuestFact> facts) {
        boolean any = facts.stream().anyMatch(BootSetup.class::isInstance);
        if (!any && !evidence.isEmpty()) {
            BootSetup bare = new BootSetup(
                    firmware,
                    loaders,
                    evidence,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            return Stream.concat(Stream.of(bare), facts.stream()).toList();
        }
        return facts.stream().map(this::complete).toList();
    }

    private GuestFact complete(GuestFact fact) {
        return fact instanceof BootSetup setup
                ? new BootSetup(
                        joined(setup.firmware(), firmware),
                        joined(setup.bootLoaders(), loaders),
                        Stream.concat(setup.bootEvidence().stream(), evidence.stream())
                                .toList(),
                        setup.defaultKernel(),
                        setup.commandLine(),
                        setup.initSystem(),
                        setup.defaultTarget())
                : fact;
    }

    private static List<String> joined(List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream()).distinct().sorted().toList();
    }
}
