package dev.stemma.queries.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.search.language.SearchLanguage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random searches over random images, held against {@code dpkg --compare-versions}, {@code grep} and {@code find} over the same facts
 * laid out as files, put together by three-valued logic that is written down here once more.
 */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
final class SearchOracleIT {

    private static final int IMAGES = 24;
    private static final int ROUNDS = 150;
    private static final List<String> VERSIONS = List.of("1.0-1", "1.0-1+b1", "1.0~rc1-1", "1:0.9", "2.0", "1.10-3");
    private static final List<String> LINES = List.of(
            "PermitRootLogin yes",
            "PermitRootLogin no",
            "#PermitRootLogin\tYES",
            "net.ipv4.ip_forward=1",
            "listen 443 ssl;",
            "  listen_addresses = '*'",
            "root_login yes",
            "PermitRootLogin",
            "yes");
    private static final List<String> FILES = List.of(
            "/etc/ssh/sshd.conf", "/etc/ssh/ssh.conf", "/etc/a.conf", "/etc/x/y/z.cfg", "/opt/a.conf", "/usr/bin/tool");

    private final Graph graph;
    private final Map<String, Boolean> answered = new HashMap<>();

    @TempDir
    Path folder;

    SearchOracleIT(Graph graph) {
        this.graph = graph;
    }

    /** An image as the test knows it. */
    private record Fact(String name, Optional<Level> level, Guest guest, String state, Instant modified, Path tree) {}

    private enum Truth {
        NO,
        UNKNOWN,
        YES
    }

    /** One condition as it is written, and who says whether an image meets it. */
    private record Probe(String text, boolean inside, boolean files, Test3 test) {}

    @FunctionalInterface
    private interface Test3 {
        boolean test(Fact fact) throws Exception;
    }

    private boolean run(String... command) throws IOException, InterruptedException {
        String key = String.join("\0", command);
        Boolean known = answered.get(key);
        if (known == null) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            assertThat(code).as("%s: %s", key, out).isLessThan(2);
            known = command[0].equals("find") ? !out.isEmpty() : code == 0;
            answered.put(key, known);
        }
        return known;
    }

    private Probe version(String name, String relation, String dpkgs, String version) {
        return new Probe("software:" + name + relation + version, true, false, fact -> {
            for (InstalledPackage installed : fact.guest().packages()) {
                if (installed.present()
                        && installed.name().equals(name)
                        && run("dpkg", "--compare-versions", installed.version(), dpkgs, version)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static boolean has(Fact fact, String regex) {
        return fact.guest().packages().stream()
                .anyMatch(installed -> installed.present() && installed.name().matches(regex));
    }

    private Probe text(String typed, String grep) {
        return new Probe(
                "text:" + typed,
                true,
                true,
                fact -> run(
                        "grep", "-rqiwE", "--", grep, fact.tree().resolve("etc").toString()));
    }

    private Probe file(String typed, String... find) {
        return new Probe("file:" + typed, true, true, fact -> {
            List<String> command = new ArrayList<>(List.of("find", fact.tree().toString()));
            for (String word : find) {
                command.add(word.startsWith("/") ? fact.tree() + word : word);
            }
            return run(command.toArray(String[]::new));
        });
    }

    private List<Probe> probes() {
        List<Probe> probes = new ArrayList<>();
        String[][] relations = {{"<", "lt"}, {"<=", "le"}, {"=", "eq"}, {">=", "ge"}, {">", "gt"}};
        for (int i = 0; i < 4; i++) {
            for (String[] relation : relations) {
                probes.add(version("p" + i, relation[0], relation[1], VERSIONS.get(i)));
            }
            String name = "p" + i;
            probes.add(new Probe("software:" + name, true, false, fact -> has(fact, name)));
        }
        probes.add(new Probe("software:p*", true, false, fact -> has(fact, "p.*")));
        probes.add(new Probe("software:/^P[12]$/", true, false, fact -> has(fact, "p[12]")));
        probes.add(text("\"PermitRootLogin yes\"", "PermitRootLogin[^[:alnum:]_]+yes"));
        probes.add(text("permitrootlogin", "permitrootlogin"));
        probes.add(text("\"ipv4 ip_forward 1\"", "ipv4[^[:alnum:]_]+ip_forward[^[:alnum:]_]+1"));
        probes.add(text("listen*", "listen[[:alnum:]_]*"));
        probes.add(text("nosuchword", "nosuchword"));
        probes.add(file("/etc/ssh/*.conf", "-path", "/etc/ssh/*.conf", "!", "-path", "/etc/ssh/*/*"));
        probes.add(file("/etc/*/sshd.conf", "-path", "/etc/*/sshd.conf", "!", "-path", "/etc/*/*/sshd.conf"));
        probes.add(file("/*/a.con?", "-path", "/*/a.con?", "!", "-path", "/*/*/a.con?"));
        probes.add(file("/usr/bin/tool", "-path", "/usr/bin/tool"));
        probes.add(file("*.conf", "-name", "*.conf"));
        probes.add(file("z.cfg", "-name", "z.cfg"));
        probes.add(new Probe("state:missing", false, false, fact -> fact.state().equals("MISSING")));
        probes.add(new Probe("name:/^im-0/", false, false, fact -> fact.name().startsWith("im-0")));
        probes.add(new Probe("name:\"m-1\"", false, false, fact -> fact.name().contains("m-1")));
        probes.add(new Probe("IM-*5", false, false, fact -> fact.name().endsWith("5")));
        probes.add(new Probe("level:full", false, false, fact -> fact.level().equals(Optional.of(Level.FULL))));
        probes.add(new Probe("modified>=2026-01-10", false, false, fact -> !fact.modified()
                .isBefore(Instant.parse("2026-01-10T00:00:00Z"))));
        probes.add(new Probe("modified:2026-01-05", false, false, fact -> fact.modified()
                .toString()
                .startsWith("2026-01-05")));
        probes.add(new Probe("os:debian", true, false, SearchOracleIT::debian));
        probes.add(new Probe("arch:amd64", true, false, fact -> true));
        return probes;
    }

    private static boolean debian(Fact fact) {
        return Integer.parseInt(fact.name().substring(3)) % 2 == 0;
    }

    private Map<String, Fact> images(Random random) throws IOException {
        Library library = new Library(graph);
        Map<String, Fact> facts = new TreeMap<>();
        for (int i = 0; i < IMAGES; i++) {
            String name = "im-%02d".formatted(i);
            Guest guest = new Guest().os(i % 2 == 0 ? "debian" : "fedora", "12", "A system");
            Path tree = Files.createDirectories(folder.resolve("trees").resolve(name));
            Files.createDirectories(tree.resolve("etc"));
            guest.dir("/etc");
            for (int k = 0; k < 5; k++) {
                if (random.nextInt(3) > 0) {
                    guest.installAs(
                            "p" + k,
                            VERSIONS.get(random.nextInt(VERSIONS.size())),
                            "amd64",
                            random.nextInt(6) == 0 ? "config-files" : "installed");
                }
            }
            for (String file : FILES) {
                if (random.nextInt(3) == 0) {
                    StringBuilder content = new StringBuilder();
                    for (int line = random.nextInt(4); line >= 0; line--) {
                        content.append(LINES.get(random.nextInt(LINES.size()))).append('\n');
                    }
                    guest.file(file, content.toString());
                    Path target = tree.resolve(file.substring(1));
                    Files.createDirectories(target.getParent());
                    Files.writeString(target, content);
                }
            }
            Instant modified = Instant.parse("2026-01-%02dT13:00:00.123456789Z".formatted(1 + random.nextInt(20)));
            String state = random.nextInt(4) == 0 ? "MISSING" : "ACTIVE";
            Optional<Level> level = random.nextInt(6) == 0
                    ? Optional.empty()
                    : Optional.of(random.nextInt(4) == 0 ? Level.BASIC : Level.FULL);
            library.register(name, "an image", modified);
            level.ifPresent(depth -> library.index(name, guest, depth));
            graph.write(new Statement(
                    "CYPHER 25 MATCH (i:Image {id: $id}) SET i.state = $state, i.modifiedAt = $modified",
                    Map.of("id", Library.imageId(name), "state", state, "modified", modified)));
            facts.put(name, new Fact(name, level, guest, state, modified, tree));
        }
        return facts;
    }

    /** A random search as text and as a function, by the same structure. */
    private interface Expected {
        Truth of(Fact fact) throws Exception;
    }

    private record Search(String text, Expected expected) {}

    private static Search random(Random random, List<Probe> probes, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(5);
        if (kind < 2) {
            Probe probe = probes.get(random.nextInt(probes.size()));
            return new Search(probe.text(), fact -> {
                boolean dark = fact.level().isEmpty() && probe.inside();
                boolean shallow = fact.level().equals(Optional.of(Level.BASIC)) && probe.files();
                return dark || shallow ? Truth.UNKNOWN : probe.test().test(fact) ? Truth.YES : Truth.NO;
            });
        }
        Search one = random(random, probes, depth - 1);
        if (kind == 2) {
            return new Search(
                    "NOT (" + one.text() + ")",
                    fact -> Truth.values()[2 - one.expected().of(fact).ordinal()]);
        }
        Search other = random(random, probes, depth - 1);
        return kind == 3
                ? new Search("(" + one.text() + ") " + other.text(), fact -> least(one, other, fact))
                : new Search("(" + one.text() + " OR " + other.text() + ")", fact -> most(one, other, fact));
    }

    private static Truth least(Search one, Search other, Fact fact) throws Exception {
        Truth a = one.expected().of(fact);
        Truth b = other.expected().of(fact);
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Truth most(Search one, Search other, Fact fact) throws Exception {
        Truth a = one.expected().of(fact);
        Truth b = other.expected().of(fact);
        return a.compareTo(b) > 0 ? a : b;
    }

    private static TextSource texts(Map<String, Fact> facts) throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (Fact fact : facts.values()) {
            try (var files = Files.walk(fact.tree())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(Digest.sha256(Files.readAllBytes(file)).hex(), Files.readString(file));
                }
            }
        }
        return new GivenTexts(texts);
    }

    @Test
    void searchesAnswerAsOtherToolsDo() throws Exception {
        Random random = RandomGuests.seeded();
        Map<String, Fact> facts = images(random);
        List<Probe> probes = probes();
        Set<String> met = new TreeSet<>();
        try (SearchIndex index = SearchIndex.open(graph, texts(facts), folder.resolve("index"))) {
            index.catchUp();
            ImageSearch search = new ImageSearch(graph, new FileSearch(graph, index), index);
            List<Search> searches = new ArrayList<>();
            for (Probe probe : probes) {
                searches.add(random(new Random(0), List.of(probe), 0));
            }
            for (int round = 0; round < ROUNDS; round++) {
                searches.add(random(random, probes, 3));
            }
            for (Search each : searches) {
                Set<String> hits = new TreeSet<>();
                long dark = 0;
                long shallow = 0;
                for (Fact fact : facts.values()) {
                    switch (each.expected().of(fact)) {
                        case YES -> hits.add(fact.name());
                        case UNKNOWN -> {
                            dark += fact.level().isEmpty() ? 1 : 0;
                            shallow += fact.level().isEmpty() ? 0 : 1;
                        }
                        case NO -> {}
                    }
                }
                ImageAnswer answer = search.search(SearchLanguage.parse(each.text()), PageRequest.first(1_000));
                assertThat(answer.hits().items())
                        .as(each.text())
                        .extracting(ImageHit::name)
                        .containsExactlyElementsOf(hits);
                assertThat(answer.hits().total()).isEqualTo(hits.size());
                assertThat(answer.unindexed()).as(each.text()).isEqualTo(dark);
                assertThat(answer.withoutFiles()).as(each.text()).isEqualTo(shallow);
                assertThat(answer.indexed().total()).isEqualTo(IMAGES);
                long counted = answer.facets().getOrDefault("level", List.of()).stream()
                        .mapToLong(ImageAnswer.Facet::images)
                        .sum();
                assertThat(counted).isEqualTo(hits.size());
                if (!hits.isEmpty() && hits.size() < IMAGES) {
                    met.add(each.text());
                }
            }
        }
        // The searches must tell images apart, or they would prove nothing.
        assertThat(met).hasSizeGreaterThan(ROUNDS / 3);
    }
}
