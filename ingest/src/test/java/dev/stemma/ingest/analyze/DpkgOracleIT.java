package dev.stemma.ingest.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our reading of the package database against dpkg-query, on a tree that dpkg itself installed packages into: every state,
 * two architectures, a hold, diversions, conffiles, merged /usr.
 */
class DpkgOracleIT {

    @TempDir
    Path directory;

    Path tree = Path.of("");

    @BeforeEach
    void aSystemThatDpkgMade() throws Exception {
        tree = directory.resolve("tree");
        Path script = Files.writeString(directory.resolve("make.sh"), MAKE);
        List<String> command = new ArrayList<>(List.of("bash", script.toString(), directory.toString()));
        if (!Guest.run("id", "-u").strip().equals("0")) {
            command.addFirst("fakeroot"); // dpkg gives files to root.
        }
        Guest.run(command.toArray(String[]::new));
    }

    private static final String MAKE = """
            set -eu
            cd "$1"
            mkdir -p tree/usr/{bin,sbin,lib} tree/var/lib/dpkg/{info,updates,triggers,parts,alternatives} tree/etc tree/tmp
            for d in bin sbin lib; do ln -s usr/$d tree/$d; done
            touch tree/var/lib/dpkg/{status,available}
            cp /usr/lib/os-release tree/usr/lib/os-release
            ln -s ../usr/lib/os-release tree/etc/os-release
            echo 12.7 > tree/etc/debian_version
            cp -L /bin/sh tree/usr/bin/sh
            native=$(dpkg --print-architecture)
            other=i386; [ "$native" != i386 ] || other=amd64

            deb() { # deb NAME VERSION ARCHITECTURE EXTRA-FIELDS FILE…
              local name=$1 version=$2 architecture=$3 extra=$4
              shift 4
              rm -rf build
              mkdir -p build/DEBIAN
              printf 'Package: %s\\nVersion: %s\\nArchitecture: %s\\nMaintainer: T <t@example.org>\\nDescription: d\\n' \\
                "$name" "$version" "$architecture" > build/DEBIAN/control
              [ -z "$extra" ] || printf "$extra" >> build/DEBIAN/control
              for file; do
                mkdir -p "build/$(dirname "$file")"
                echo "$name $file" > "build/$file"
                case $file in
                  etc/*) echo "/$file" >> build/DEBIAN/conffiles ;;
                  *) (cd build && md5sum "$file") >> build/DEBIAN/md5sums ;;
                esac
              done
              ! [ -e script ] || mv script build/DEBIAN/postinst
              dpkg-deb --root-owner-group -b build "$name.deb" >/dev/null
            }
            DPKG() {
              dpkg --root="$PWD/tree" --force-not-root --force-script-chrootless --log=/dev/null "$@" >/dev/null
            }

            dpkg --root="$PWD/tree" --add-architecture "$other"
            deb plain 1.2-3 all 'Source: origin (1.2)\\n' usr/share/plain/a 'usr/share/plain/with blank' usr/share/plain/umläut
            DPKG -i plain.deb
            deb old 3:2~rc1+b2 "$native" 'Source: old\\n' bin/oldtool lib/old/lib.so etc/old.conf
            DPKG -i old.deb
            deb held 5 "$native" '' usr/bin/held
            DPKG -i held.deb
            echo 'held hold' | DPKG --set-selections
            deb gone 1 all '' usr/bin/gone etc/gone/gone.conf
            DPKG -i gone.deb; DPKG -r gone
            deb purged 1 all '' usr/bin/purged etc/purged.conf
            DPKG -i purged.deb; DPKG -P purged
            deb half 3 all '' usr/bin/half
            DPKG --unpack half.deb
            printf '#!/bin/sh\\nexit 1\\n' > script; chmod 755 script
            deb failing 3 all '' usr/bin/failing
            ! DPKG -i failing.deb 2>/dev/null
            deb both 1 "$native" 'Multi-Arch: same\\n' usr/lib/one/both.so
            DPKG -i both.deb
            deb both 1 "$other" 'Multi-Arch: same\\n' usr/lib/two/both.so
            DPKG -i both.deb
            deb tool 1 all '' usr/bin/tool usr/bin/tool2
            DPKG -i tool.deb
            dpkg-divert --root "$PWD/tree" --package diverter --divert /usr/bin/tool.real --rename --add /usr/bin/tool >/dev/null
            dpkg-divert --root "$PWD/tree" --local --divert /usr/bin/tool2.mine --rename --add /usr/bin/tool2 >/dev/null
            deb diverter 1 all '' usr/bin/tool
            DPKG -i diverter.deb
            rm tree/usr/bin/held
            """;

    private Findings read(Level level) throws Exception {
        try (Guest guest = Guest.of(tree)) {
            GuestRoots roots =
                    GuestRoots.find(List.of(guest.candidate(1)), guest.files().budget());
            assertThat(roots.guests()).hasSize(1);
            Findings findings = GuestAnalysis.run(roots.guests().getFirst(), level);
            assertThat(findings.observations()).isEmpty();
            return findings;
        }
    }

    private List<String> query(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("dpkg-query", "--admindir=" + tree.resolve("var/lib/dpkg")));
        command.addAll(List.of(arguments));
        return Guest.run(command.toArray(String[]::new)).lines().toList();
    }

    @Test
    void everyPackageIsAsDpkgQueryListsIt() throws Exception {
        List<String> ours = read(Level.BASIC).packages().stream()
                .map(one -> String.join(
                        "\t",
                        one.name(),
                        one.architecture(),
                        one.version(),
                        String.valueOf(one.held()),
                        one.state(),
                        one.sourceName().orElse(one.name()),
                        one.sourceVersion().orElse(one.version())))
                .toList();
        List<String> theirs = query(
                        "-W",
                        "-f",
                        "${Package}\\t${Architecture}\\t${Version}\\t${db:Status-Want}\\t${db:Status-Status}\\t"
                                + "${source:Package}\\t${source:Version}\\n")
                .stream()
                .map(line -> {
                    String[] fields = line.split("\t", -1);
                    fields[3] = String.valueOf(fields[3].equals("hold"));
                    return String.join("\t", fields);
                })
                .toList();
        assertThat(theirs).hasSizeGreaterThanOrEqualTo(10);
        assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
        assertThat(theirs.stream().map(line -> line.split("\t", -1)[4]).collect(Collectors.toSet()))
                .contains("installed", "config-files", "unpacked", "half-configured");
    }

    @Test
    void everyPathLiesWhereDpkgPutIt() throws Exception {
        Map<String, TreeSet<String>> ours = new TreeMap<>();
        for (InstalledPackage one : read(Level.FULL).packages()) {
            ours.put(
                    one.name() + ":" + one.architecture(),
                    one.owned().stream()
                            .map(OwnedPath::path)
                            .map(GuestPath::escaped)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        Map<String, TreeSet<String>> theirs = new TreeMap<>();
        for (String name : query("-W", "-f", "${Package}:${Architecture}\n")) {
            theirs.put(name, listed(name.replace(":all", "")));
        }
        assertThat(ours).isEqualTo(theirs);
        assertThat(ours.get("tool:all")).containsExactly("/usr/bin/tool.real", "/usr/bin/tool2.mine");
        assertThat(ours.get("diverter:all")).containsExactly("/usr/bin/tool");
        assertThat(ours).containsKey("gone:all");
    }

    /** What {@code dpkg -L} says, with directories left out and links among the directories followed on the host. */
    private TreeSet<String> listed(String name) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line : query("-L", name)) {
            int to = line.indexOf(" to: ");
            if (line.startsWith("diverted by ") || line.startsWith("locally diverted")) {
                lines.set(lines.size() - 1, line.substring(to + 5));
            } else if (line.startsWith("/")) {
                lines.add(line);
            }
        }
        TreeSet<String> paths = new TreeSet<>();
        for (String line : lines) {
            Path path = tree.resolve(line.substring(1));
            boolean parentOfAnother = lines.stream().anyMatch(other -> other.startsWith(line + "/"));
            if (!line.equals("/.") && !parentOfAnother && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Path parent =
                        tree.resolve(line.substring(1, line.lastIndexOf('/'))).toRealPath();
                paths.add("/" + tree.toRealPath().relativize(parent.resolve(path.getFileName())));
            }
        }
        return paths;
    }

    @Test
    void checksumsAreThoseOfTheFiles() throws Exception {
        int compared = 0;
        for (InstalledPackage one : read(Level.FULL).packages()) {
            for (OwnedPath owned : one.owned()) {
                Path file = tree.resolve(owned.path().escaped().substring(1));
                assertThat(owned.configuration())
                        .as(owned.toString())
                        .isEqualTo(owned.path().escaped().startsWith("/etc/"));
                if (Files.exists(file)) {
                    String sum = Guest.run("md5sum", file.toString()).substring(0, 32);
                    assertThat(owned.md5()).as(owned.toString()).hasValue(sum);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(12);
    }

    @Test
    void theSystemIsNamedAndPackagesAreNamedByIt() throws Exception {
        Findings findings = read(Level.BASIC);
        OperatingSystem system = findings.operatingSystem().orElseThrow();
        String native_ = Guest.run("dpkg", "--print-architecture").strip();
        assertThat(system.architecture()).hasValue(native_);
        assertThat(findings.analyzers())
                .extracting(name -> name.substring(0, name.indexOf('/')))
                .containsExactly("architecture", "boot", "dpkg", "host", "identity", "servers", "services");
        assertThat(findings.packages())
                .extracting(InstalledPackage::purl)
                .contains("pkg:deb/" + system.distribution() + "/old@3%3A2~rc1%2Bb2?arch=" + native_)
                .isSorted();
    }

    @Test
    void theJournalOfAnInterruptedRunCounts() throws Exception {
        Guest.write(
                tree,
                "var/lib/dpkg/updates/0000",
                "Package: plain\nStatus: install ok half-installed\nVersion: 9\nArchitecture: all\n");
        // dpkg-query would merge the journal into the tree, so this copy is ours alone.
        assertThat(read(Level.BASIC).packages())
                .filteredOn(one -> one.name().equals("plain"))
                .extracting(InstalledPackage::state, InstalledPackage::version)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("half-installed", "9"));
    }
}
