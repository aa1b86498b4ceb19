package dev.stemma.ingest.analyze.identity;

import java.util.List;
import java.util.Optional;

/**
 * The machine that a program was built for, by its ELF header (System V ABI, chapter 4: class, data and e_machine).
 *
 * @param kernelName as {@code uname -m} says
 * @param debianNames the Debian architectures with this header; the first is the usual one
 */
record ElfMachine(String kernelName, List<String> debianNames) {

    static final int HEADER_BYTES = 20;

    static Optional<ElfMachine> parse(byte[] start) {
        if (start.length < HEADER_BYTES || start[0] != 0x7f || start[1] != 'E' || start[2] != 'L' || start[3] != 'F') {
            return Optional.empty();
        }
        boolean wide = start[4] == 2;
        boolean little = start[5] == 1;
        int machine =
                little ? (start[18] & 0xff) | (start[19] & 0xff) << 8 : (start[19] & 0xff) | (start[18] & 0xff) << 8;
        return Optional.ofNullable(
                switch (machine) {
                    case 3 -> of("i686", "i386", "hurd-i386");
                    case 8 -> wide ? of("mips64", "mips64el") : little ? of("mips", "mipsel") : of("mips", "mips");
                    case 20 -> of("ppc", "powerpc");
                    case 21 -> little ? of("ppc64le", "ppc64el") : of("ppc64", "ppc64");
                    case 22 -> of("s390x", "s390x");
                    case 40 -> of("armv7l", "armhf", "armel");
                    case 62 -> wide ? of("x86_64", "amd64") : of("x86_64", "x32");
                    case 183 -> of("aarch64", "arm64");
                    case 243 -> wide ? of("riscv64", "riscv64") : of("riscv32", "riscv32");
                    case 258 -> of("loongarch64", "loong64");
                    default -> null;
                });
    }

    private static ElfMachine of(String kernelName, String... debianNames) {
        return new ElfMachine(kernelName, List.of(debianNames));
    }

    String debianName() {
        return debianNames.getFirst();
    }

    /** Whether programs with this header are what a Debian architecture has. */
    boolean runs(String debianArchitecture) {
        return debianNames.contains(debianArchitecture);
    }
}
