package dev.stemma.queries;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A guest as plain collections: its file systems as sorted maps, its packages as a map by purl. Tests put it into the
 * graph, and work out from these collections what the graph must answer.
 */
public final class Guest {

    private static final Times TIMES = Times.modifiedAt(Instant.parse("2026-01-01T00:00:00Z"));

    final NavigableMap<Integer, NavigableMap<GuestPath, Entry>> fileSystems = new TreeMap<>();
    final NavigableMap<String, InstalledPackage> packages = new TreeMap<>();
    final NavigableMap<String, Integer> mounts = new TreeMap<>();
    final List<Observation> observations = new ArrayList<>();
    final NavigableMap<String, Fact> facts = new TreeMap<>();
    Optional<OperatingSystem> system = Optional.empty();

    /**
     * Something that its files say of the machine, as the graph has it.
     *
     * @param properties of the node, without its id
     * @param held properties of the relationship
     */
    record Fact(String relationship, String label, Map<String, Object> properties, Map<String, Object> held) {}

    public Guest() {
        dir("/");
    }

    /** A deep enough copy: entries are values. */
    public Guest copy() {
        Guest copy = new Guest();
        fileSystems.forEach((partition, entries) -> copy.fileSystems.put(partition, new TreeMap<>(entries)));
        copy.packages.putAll(packages);
        copy.mounts.putAll(mounts);
        copy.observations.addAll(observations);
        copy.facts.putAll(facts);
        copy.system = system;
        return copy;
    }

    public NavigableMap<GuestPath, Entry> entries(int partition) {
        return fileSystems.computeIfAbsent(partition, _ -> new TreeMap<>());
    }

    public NavigableMap<GuestPath, Entry> entries() {
        return entries(1);
    }

    private Guest put(int partition, String path, int mode, long uid, Payload payload) {
        GuestPath at = GuestPath.parse(path);
        if (at.depth() > 0 && !entries(partition).containsKey(at.parent())) {
            put(partition, at.parent().escaped(), 0755, 0, new Payload.Directory());
        }
        entries(partition).put(at, new Entry(at, Attributes.of(mode, uid, uid, TIMES, 1, 1), payload));
        return this;
    }

    public Guest dir(String path) {
        return put(1, path, 0755, 0, new Payload.Directory());
    }

    public Guest file(String path, String content) {
        return file(1, path, content, 0644, 0);
    }

    public Guest file(int partition, String path, String content, int mode, long uid) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return put(partition, path, mode, uid, new Payload.File(bytes.length, Optional.of(Digest.sha256(bytes))));
    }

    /** Mounts a partition, as fstab would say; the root is to be mounted too. */
    public Guest mount(int partition, String path) {
        mounts.put(path, partition);
        return this;
    }

    /** What the system shows at a path, by the deepest mount above it; null where nothing lies. */
    @Nullable
    Entry at(GuestPath path) {
        for (GuestPath point = path; point.depth() > 0; point = point.parent()) {
            Integer partition = mounts.get(point.escaped());
            if (partition != null) {
                return entries(partition).get(new GuestPath(path.names().subList(point.depth(), path.depth())));
            }
        }
        return entries().get(path);
    }

    public Guest unread(String path, long sizeBytes) {
        return put(1, path, 0600, 0, new Payload.File(sizeBytes, Optional.empty()));
    }

    public Guest link(String path, String target) {
        return put(1, path, 0777, 0, new Payload.Link(GuestName.ofText(target)));
    }

    public Guest dir(int partition, String path) {
        return put(partition, path, 0755, 0, new Payload.Directory());
    }

    public Guest link(int partition, String path, String target) {
        return put(partition, path, 0777, 0, new Payload.Link(GuestName.ofText(target)));
    }

    public Guest device(String path, boolean block, long major, long minor) {
        return put(1, path, 0600, 0, new Payload.Device(block, major, minor));
    }

    public Guest pipe(String path) {
        return put(1, path, 0600, 0, new Payload.Pipe());
    }

    public Guest xattr(String path, String name, String value) {
        entries()
                .computeIfPresent(
                        GuestPath.parse(path),
                        (at, entry) -> new Entry(
                                at,
                                entry.attributes()
                                        .withXattrs(java.util.Map.of(GuestName.ofText(name), GuestName.ofText(value))),
                                entry.payload()));
        return this;
    }

    /** Removes a path and all below it. */
    public Guest remove(String path) {
        GuestPath at = GuestPath.parse(path);
        entries()
                .keySet()
                .removeIf(each -> each.depth() >= at.depth()
                        && each.names().subList(0, at.depth()).equals(at.names()));
        return this;
    }

    public Guest os(OperatingSystem installed) {
        system = Optional.of(installed);
        return this;
    }

    public Guest os(String distribution, String version, String prettyName) {
        system = Optional.of(new OperatingSystem(
                distribution,
                Optional.of(version),
                Optional.of(version + ".1"),
                Optional.of(prettyName),
                Optional.of("amd64")));
        return this;
    }

    public Guest install(String name, String version, String... paths) {
        return installAs(name, version, "amd64", "installed", paths);
    }

    public Guest installAs(String name, String version, String architecture, String state, String... paths) {
        String purl = "pkg:deb/debian/" + name + "@"
                + version.replace("+", "%2B").replace("~", "%7E").replace(":", "%3A") + "?arch=" + architecture;
        packages.put(
                purl,
                new InstalledPackage(
                        purl,
                        "deb",
                        name,
                        version,
                        architecture,
                        state,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(paths).stream()
                                .map(path -> new InstalledPackage.OwnedPath(
                                        GuestPath.parse(path), Optional.empty(), path.startsWith("/etc")))
                                .toList()));
        return this;
    }

    /** Says something of the machine, in the place of what was said under that relationship and name before. */
    public Guest fact(
            String relationship, String label, String name, Map<String, Object> properties, Map<String, Object> held) {
        facts.put(relationship + " " + name, new Fact(relationship, label, properties, held));
        return this;
    }

    public Guest enable(String service) {
        return fact(
                "ENABLES",
                "Service",
                service,
                Map.of("name", service, "kind", "service"),
                Map.of("startedBy", List.of("multi-user.target")));
    }

    public Guest account(String name, long userId, String shell) {
        return fact(
                "HAS_ACCOUNT",
                "Account",
                name,
                Map.of(
                        "name",
                        name,
                        "userId",
                        userId,
                        "groupId",
                        userId,
                        "home",
                        "/home/" + name,
                        "shell",
                        shell,
                        "password",
                        "locked"),
                Map.of());
    }

    /** Unsays it. */
    public Guest unsay(String relationship, String name) {
        facts.remove(relationship + " " + name);
        return this;
    }

    public Guest install(InstalledPackage installed) {
        packages.put(installed.purl(), installed);
        return this;
    }

    /** Puts something where it says that it lies; what it lies in is there already. */
    public Guest put(Entry entry) {
        entries().put(entry.path(), entry);
        return this;
    }

    public Guest uninstall(String name) {
        packages.values().removeIf(installed -> installed.name().equals(name));
        return this;
    }

    public dev.stemma.graph.model.OperatingSystem system() {
        return system.orElseThrow();
    }

    public Guest observe(String code, Observation.Severity severity) {
        observations.add(new Observation(
                code, severity, "disk › partition 1", "something: " + code, Optional.empty(), "test/1"));
        return this;
    }

    /** The different contents of its files, the empty one left out. */
    public Set<Digest> contents() {
        return fileSystems.values().stream()
                .flatMap(entries -> entries.values().stream())
                .flatMap(entry -> entry.payload() instanceof Payload.File file && file.sizeBytes() > 0
                        ? file.digest().stream()
                        : java.util.stream.Stream.empty())
                .collect(Collectors.toSet());
    }

    /** The same with the bytes of each. */
    public Map<Digest, Long> contentSizes() {
        Map<Digest, Long> sizes = new HashMap<>();
        fileSystems.values().forEach(entries -> entries.values().forEach(entry -> {
            if (entry.payload() instanceof Payload.File file && file.sizeBytes() > 0) {
                file.digest().ifPresent(digest -> sizes.put(digest, file.sizeBytes()));
            }
        }));
        return sizes;
    }

    public java.util.Collection<InstalledPackage> packages() {
        return packages.values();
    }

    /** The purls of packages that are present. */
    public Set<String> present() {
        return packages.values().stream()
                .filter(InstalledPackage::present)
                .map(InstalledPackage::purl)
                .collect(Collectors.toSet());
    }

    /** Jaccard similarity, worked out from the sets themselves. */
    public static double jaccard(Set<?> a, Set<?> b) {
        Set<Object> both = new HashSet<>(a);
        both.retainAll(b);
        int together = a.size() + b.size() - both.size();
        return together == 0 ? 0 : (double) both.size() / together;
    }

    /** Its paths, for messages. */
    @Override
    public String toString() {
        return Collections.unmodifiableSet(entries().keySet()).toString();
    }
}
