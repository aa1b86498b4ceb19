package dev.stemma.ingest.analyze.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Guest;
import dev.stemma.ingest.analyze.GuestAnalysis;
import dev.stemma.ingest.filesystem.Tool;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Systems that rpm installed packages into, and what rpm itself says of them. */
public final class Rpms {

    private static final int MAGIC_BYTES = 8;

    private Rpms() {}

    /** Builds the packages, which takes some seconds; gives the directory that they lie in. */
    public static Path build(Path work, int files, int parts) {
        Tool.require("rpm", "rpmbuild", "db5.3_load", "perl");
        Tool.script(Rpms.class, "make-rpms.sh", work, files, parts);
        return work.resolve("rpms");
    }

    /** Installs them in a tree that says that it is Fedora. */
    public static Path install(Path rpms, Path tree, String place) throws Exception {
        Guest.write(tree, "etc/os-release", "ID=fedora\nVERSION_ID=40\n");
        Tool.script(Rpms.class, "install-rpms.sh", rpms, tree, "sqlite", place);
        return tree;
    }

    /** The header of a package as rpm exports it. */
    static byte[] header(Path work, int files, int parts) throws Exception {
        Path rpms = build(work, files, parts);
        Path tree = Files.createDirectories(work.resolve("tree"));
        install(rpms, tree, "/var/lib/rpm");
        Path exported = work.resolve("exported");
        Tool.run(List.of(
                "sh",
                "-c",
                "rpmdb --dbpath \"$0\" --exportdb > \"$1\" 2>/dev/null",
                tree.resolve("var/lib/rpm").toString(),
                exported.toString()));
        byte[] all = Files.readAllBytes(exported);
        ByteBuffer counts = ByteBuffer.wrap(all, MAGIC_BYTES, 8);
        int length = 8 + 16 * counts.getInt() + counts.getInt();
        return Arrays.copyOfRange(all, MAGIC_BYTES, MAGIC_BYTES + length);
    }

    static String query(String what, String form, String... options) {
        String[] arguments = new String[2 + options.length];
        arguments[0] = what;
        arguments[1] = form;
        System.arraycopy(options, 0, arguments, 2, options.length);
        return new String(
                Tool.script(Rpms.class, "query.sh", (Object[]) arguments).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.ISO_8859_1);
    }

    public static Path resource(String name) throws URISyntaxException {
        return Path.of(Rpms.class.getResource(name).toURI());
    }

    static Findings read(Path tree, Level level) throws Exception {
        try (Guest guest = Guest.of(tree)) {
            return GuestAnalysis.run(guest.files(), level);
        }
    }

    /** Name, version, architecture and source package, as rpm lists them. */
    static void assertPackages(List<InstalledPackage> found, String listed) {
        TreeSet<String> expected = new TreeSet<>();
        for (String line : listed.lines().toList()) {
            String[] cells = line.split("\t");
            String source = cells[3].replaceFirst("\\.src\\.rpm$", "");
            expected.add(String.join("\t", cells[0], cells[1], cells[2], source.equals("(none)") ? "" : source));
        }
        TreeSet<String> actual = new TreeSet<>();
        for (InstalledPackage one : found) {
            String versionRelease = one.version().replaceFirst("^\\d+:", "");
            String source = one.name().equals("gpg-pubkey")
                    ? ""
                    : one.sourceName().orElse(one.name()) + "-"
                            + one.sourceVersion().orElse(versionRelease);
            actual.add(String.join("\t", one.name(), one.version(), one.architecture(), source));
        }
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(40);
    }

    /** Paths with configuration mark and checksum; rpm's own list has directories too, and paths as they were packaged. */
    static void assertFiles(List<InstalledPackage> found, String listed) {
        Map<String, String> expected = new TreeMap<>();
        for (String line : listed.lines().toList()) {
            String[] cells = line.split("\t", -1);
            if (!cells[2].startsWith("40") && !cells[2].startsWith("04")) {
                String path = cells[1].replaceFirst("^/(bin|lib)/", "/usr/$1/");
                boolean configuration = (Integer.parseInt(cells[3]) & 1) != 0;
                expected.put(cells[0].replaceFirst("-\\d+:", "-") + " " + path, configuration + " " + cells[4]);
            }
        }
        Map<String, String> actual = new TreeMap<>();
        for (InstalledPackage one : found) {
            for (InstalledPackage.OwnedPath owned : one.owned()) {
                String path = new String(
                        owned.path().names().stream()
                                .map(name -> "/" + new String(name.bytes(), StandardCharsets.ISO_8859_1))
                                .collect(Collectors.joining())
                                .getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.ISO_8859_1);
                actual.put(
                        one.name() + "-" + one.version().replaceFirst("^\\d+:", "") + "." + one.architecture() + " "
                                + path,
                        owned.configuration()
                                + " "
                                + owned.checksum().map(Checksum::hexadecimal).orElse(""));
            }
        }
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(100);
    }

    static Path copy(Path from, Path to) throws Exception {
        Files.createDirectories(to.resolveSibling("."));
        return Files.copy(from, to);
    }
}
