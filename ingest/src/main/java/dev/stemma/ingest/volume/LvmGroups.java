package dev.stemma.ingest.volume;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The volume groups over all physical volumes of an image. For one thread. */
final class LvmGroups {

    private final Map<String, PhysicalVolume> present = new LinkedHashMap<>();
    private final Map<String, Integer> members = new HashMap<>();
    private final Map<String, LvmGroup> groups = new LinkedHashMap<>();
    private final Found found;

    LvmGroups(Found found) {
        this.found = found;
    }

    /** Takes a physical volume and the newest of its group's metadata. */
    void add(int member, PhysicalVolume volume) {
        if (present.putIfAbsent(volume.uuid(), volume) != null) {
            found.refuse(
                    member,
                    new Unsupported(
                            "volume-ambiguous",
                            volume.bytes().origin(),
                            "is a physical volume that is there twice; only the first is read",
                            "Index an image without copies of its own disks."));
            return;
        }
        members.put(volume.uuid(), member);
        List<ImageProblem> problems = new ArrayList<>();
        boolean read = volume.areas().isEmpty();
        for (PhysicalVolume.Area area : volume.areas()) {
            try {
                Optional<LvmSection> root = volume.metadata(area);
                if (root.isPresent()) {
                    take(LvmGroup.of(root.get()));
                }
                read = true;
            } catch (ImageProblem e) {
                problems.add(e);
            }
        }
        if (!read && !problems.isEmpty()) {
            found.refuse(member, problems.getFirst());
        }
    }

    private void take(LvmGroup group) {
        groups.merge(group.id(), group, (one, other) -> other.number() > one.number() ? other : one);
    }

    /** Opens the volumes of all groups, by the names of group and volume. */
    void open() {
        Set<String> names = new HashSet<>();
        Set<String> used = new HashSet<>();
        List<LvmGroup> sorted = groups.values().stream()
                .sorted(Comparator.comparing(LvmGroup::name))
                .toList();
        for (LvmGroup group : sorted) {
            int member = 0;
            try {
                List<String> own = group.members();
                used.addAll(own);
                member = own.stream()
                        .filter(members::containsKey)
                        .findFirst()
                        .map(members::get)
                        .orElseThrow(() -> new Corrupt(
                                "bad-value", group.section().origin(), "is described by none of its own volumes"));
                if (!names.add(group.name())) {
                    throw new Unsupported(
                            "volume-ambiguous",
                            group.section().origin(),
                            "is a second volume group of the name " + group.name(),
                            "Rename one of the two in its machine: vgrename.");
                }
                for (String name : group.visible().stream().sorted().toList()) {
                    open(group, name, member);
                }
            } catch (ImageProblem e) {
                found.refuse(member, e);
            }
        }
        present.forEach((uuid, volume) -> {
            Integer member = members.get(uuid);
            if (member != null && !used.contains(uuid) && !found.refused(member)) {
                found.note(
                        "volume-unused",
                        volume.bytes().origin(),
                        "is a physical volume that belongs to no volume group of this image",
                        "Nothing, unless the machine has more disks: then index them together.");
            }
        });
    }

    private void open(LvmGroup group, String name, int member) {
        try {
            found.add(group.open(name, present), member);
        } catch (ImageProblem e) {
            found.refuse(member, e);
        } catch (ArithmeticException e) {
            found.refuse(
                    member, new Corrupt("bad-value", group.section().origin(), "has sizes past all bounds", null, e));
        }
    }
}
