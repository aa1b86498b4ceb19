package dev.stemma.queries;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is so after the deeds that were applied: plain maps, without a word of time, so that it can be held against answers as of a date. */
public final class Ledger {

    final Map<String, Image> images = new TreeMap<>();
    final Map<String, Place> places = new LinkedHashMap<>();
    final Map<String, Branch> branches = new HashMap<>();
    final Map<String, Long> lasts = new LinkedHashMap<>();
    final Map<String, String> channels = new TreeMap<>();
    final Map<String, Integer> uses = new HashMap<>();
    final Map<String, Optional<Branch>> machines = new TreeMap<>();
    final Map<Branch, String> deployments = new HashMap<>();
    final Map<String, Set<String>> parents = new HashMap<>();
    final Map<String, Set<String>> children = new HashMap<>();
    final Map<String, String> checkedInFrom = new HashMap<>();
    final List<Happened> happened = new ArrayList<>();

    /** An image. */
    static final class Image {
        String state = "ACTIVE";
        Optional<String> inventory = Optional.empty();
        final Set<String> machines = new TreeSet<>();
    }

    record Place(String chain, String number, long ordinal) {
        String reference() {
            return chain + ":" + number;
        }
    }

    record Branch(String version, int number) {}

    record Happened(Instant time, String activity, Set<String> images) {}

    void apply(Deed deed) {
        Set<String> touched = new HashSet<>();
        switch (deed) {
            case Deed.Register register -> {
                images.put(register.image(), new Image());
                touched.add(register.image());
            }
            case Deed.Index index -> {
                image(index.image()).inventory = Optional.of(index.inventory());
                touched.add(index.image());
            }
            case Deed.CheckIn checkIn -> {
                Image version = new Image();
                version.inventory = image(checkIn.source()).inventory;
                images.put(checkIn.version(), version);
                append(checkIn.version(), checkIn.chain());
                derive(checkIn.version(), checkIn.source());
                checkedInFrom.put(checkIn.version(), checkIn.source());
                touched.addAll(List.of(checkIn.version(), checkIn.source()));
            }
            case Deed.Copy copy -> {
                images.put(copy.image(), new Image());
                derive(copy.image(), copy.source());
                version(copy.source())
                        .ifPresent(version ->
                                branches.put(copy.image(), new Branch(version, uses.merge(version, 1, Integer::sum))));
                touched.addAll(List.of(copy.image(), copy.source()));
            }
            case Deed.Deploy deploy -> {
                end(deploy.machine(), touched);
                image(deploy.image()).machines.add(deploy.machine());
                touched.add(deploy.image());
                Optional<Branch> branch = version(deploy.image())
                        .map(version -> new Branch(version, uses.merge(version, 1, Integer::sum)));
                machines.put(deploy.machine(), branch);
                branch.ifPresent(opened -> deployments.put(opened, deploy.machine()));
            }
            case Deed.Retire retire -> end(retire.machine(), touched);
            case Deed.State state -> {
                image(state.image()).state = state.to();
                touched.add(state.image());
            }
            case Deed.Move move -> {
                append(move.image(), move.chain());
                touched.add(move.image());
            }
            case Deed.Promote promote -> {
                channels.put(place(promote.image()).chain() + ":" + promote.channel(), promote.image());
                touched.add(promote.image());
            }
        }
        if (!touched.isEmpty()) {
            happened.add(new Happened(deed.time(), deed.activity(), touched));
        }
    }

    /** What an image is, or is a branch of. */
    private Optional<String> version(String image) {
        return Optional.ofNullable(branches.get(image)).map(Branch::version).or(() -> Optional.of(image)
                .filter(places::containsKey));
    }

    private void end(String machine, Set<String> touched) {
        images.forEach((id, image) -> {
            if (image.machines.remove(machine)) {
                touched.add(id);
            }
        });
    }

    /** What each machine that is known runs: the image and the number of that use, as far as there are such. */
    public Map<String, String> running() {
        Map<String, String> running = new TreeMap<>();
        machines.keySet().forEach(machine -> running.put(machine, "nothing"));
        images.forEach((id, image) -> image.machines.forEach(machine -> running.put(
                machine,
                id + " "
                        + Objects.requireNonNull(machines.get(machine))
                                .map(branch -> place(branch.version()).reference() + "." + branch.number())
                                .orElse("-"))));
        return running;
    }

    private void append(String image, String chain) {
        long ordinal = lasts.merge(chain, 1L, Long::sum);
        places.put(image, new Place(chain, "1." + ordinal, ordinal));
    }

    private void derive(String child, String parent) {
        parents.computeIfAbsent(child, _ -> new TreeSet<>()).add(parent);
        children.computeIfAbsent(parent, _ -> new TreeSet<>()).add(child);
    }

    Image image(String id) {
        return Objects.requireNonNull(images.get(id));
    }

    Place place(String id) {
        return Objects.requireNonNull(places.get(id));
    }

    List<String> files() {
        return images.keySet().stream().filter(id -> !places.containsKey(id)).toList();
    }

    /** All images that there are. */
    public Set<String> ids() {
        return images.keySet();
    }

    /** As people write it, or its id, which is the name of a file here. */
    public String title(String id) {
        Branch branch = branches.get(id);
        return branch != null
                ? place(branch.version()).reference() + "." + branch.number()
                : places.containsKey(id) ? place(id).reference() : id;
    }

    public String state(String id) {
        return image(id).state;
    }

    public boolean isVersion(String id) {
        return places.containsKey(id);
    }

    public Optional<String> inventory(String id) {
        return image(id).inventory;
    }

    public Set<String> machines(String id) {
        return image(id).machines;
    }

    /** Names of the channels that point to an image. */
    public Set<String> channels(String id) {
        Set<String> names = new TreeSet<>();
        channels.forEach((channel, image) -> {
            if (image.equals(id)) {
                names.add(channel.substring(channel.indexOf(':') + 1));
            }
        });
        return names;
    }

    /** Where each channel points. */
    public Map<String, String> channels() {
        return channels;
    }

    /** The image, its ancestors and its descendants. */
    public Set<String> family(String id) {
        Set<String> family = new TreeSet<>(reached(id, parents));
        family.addAll(reached(id, children));
        return family;
    }

    private static Set<String> reached(String from, Map<String, Set<String>> edges) {
        Set<String> met = new TreeSet<>(Set.of(from));
        Deque<String> waiting = new ArrayDeque<>(met);
        while (!waiting.isEmpty()) {
            edges.getOrDefault(waiting.remove(), Set.of()).stream()
                    .filter(met::add)
                    .forEach(waiting::add);
        }
        return met;
    }

    /** The sentences of all warnings of an image. */
    public Set<String> warnings(String id) {
        Set<String> warnings = new TreeSet<>();
        for (String ancestor : reached(id, parents)) {
            if (!ancestor.equals(id) && isVersion(ancestor) && state(ancestor).equals("REVOKED")) {
                warnings.add("made from " + title(ancestor) + ", which is revoked");
            }
        }
        for (String parent : nearestVersions(id)) {
            Place place = place(parent);
            Optional<String> newest = places.keySet().stream()
                    .filter(each -> place(each).chain().equals(place.chain())
                            && state(each).equals("ACTIVE"))
                    .max(Comparator.comparingLong(each -> place(each).ordinal()));
            boolean own = isVersion(id) && place(id).chain().equals(place.chain());
            newest.filter(each -> !own && place(each).ordinal() > place.ordinal())
                    .filter(each -> !id.equals(checkedInFrom.get(each)))
                    .ifPresent(each -> warnings.add("made from " + title(parent) + ", and there is " + title(each)));
        }
        return warnings;
    }

    private Set<String> nearestVersions(String id) {
        Set<String> nearest = new TreeSet<>();
        for (String parent : parents.getOrDefault(id, Set.of())) {
            if (isVersion(parent)) {
                nearest.add(parent);
            } else {
                nearest.addAll(nearestVersions(parent));
            }
        }
        return nearest;
    }

    /** The activities of an image and, for a version, of what was made of it outside of the repository, newest first. */
    public List<String> history(String id) {
        Set<String> subjects = new TreeSet<>(Set.of(id));
        if (isVersion(id)) {
            boolean grown = true;
            while (grown) {
                grown = false;
                for (String file : files()) {
                    boolean use = parents.getOrDefault(file, Set.of()).stream().anyMatch(subjects::contains)
                            || Optional.ofNullable(branches.get(file))
                                    .filter(branch -> subjects.contains(branch.version()))
                                    .isPresent();
                    grown |= use && subjects.add(file);
                }
            }
        }
        return happened.stream()
                .filter(each -> each.images().stream().anyMatch(subjects::contains))
                .sorted(Comparator.comparing(Happened::time).reversed().thenComparing(Happened::activity))
                .map(Happened::activity)
                .toList();
    }

    /** Versions of a chain, newest first. */
    public List<String> versions(String chain) {
        return places.keySet().stream()
                .filter(id -> place(id).chain().equals(chain))
                .sorted(Comparator.comparingLong((String id) -> place(id).ordinal())
                        .reversed())
                .toList();
    }

    public Set<String> chains() {
        return new TreeSet<>(lasts.keySet());
    }

    /** Branches of a version by number. */
    public Map<Integer, String> branches(String version) {
        Map<Integer, String> found = new TreeMap<>(Comparator.reverseOrder());
        deployments.forEach((branch, machine) -> {
            if (branch.version().equals(version)) {
                found.put(branch.number(), machine);
            }
        });
        branches.forEach((image, branch) -> {
            if (branch.version().equals(version)) {
                found.put(branch.number(), image);
            }
        });
        return found;
    }
}
