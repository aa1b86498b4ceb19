package dev.stemma.queries.drift;

import dev.stemma.graph.model.ConfigurationPlaces;
import dev.stemma.queries.drift.JudgedFiles.Judged;
import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.drift.rules.DriftRules.Aspect;
import dev.stemma.queries.inventory.EntryFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What changed files weigh. What a changed package brings or takes is that package's change and no suspect of its own; many files of one
 * directory that are suspect for one reason are one suspect.
 */
final class FileSuspects {

    private static final int SET_ID = 06000;
    private static final int GROUPED_FROM = 4;
    private static final int GROUP_DEPTH = 3;

    private final DriftRules rules;
    private final PackageComparison packages;
    private final Set<String> services;

    /** @param services that start with the system, on either side */
    FileSuspects(DriftRules rules, PackageComparison packages, Set<String> services) {
        this.rules = rules;
        this.packages = packages;
        this.services = services;
    }

    /** What makes files one suspect. */
    private record Group(String reason, String place) {}

    List<Suspect> of(List<Judged> files) {
        Map<Group, List<Suspect>> groups = new LinkedHashMap<>();
        for (Judged file : files) {
            Reasons reasons = reasons(file);
            if (reasons.weight() > 0) {
                FileChange change = file.change();
                groups.computeIfAbsent(
                                new Group(reasons.words().getFirst(), place(change.path())), _ -> new ArrayList<>())
                        .add(suspect(change, reasons));
            }
        }
        List<Suspect> suspects = new ArrayList<>();
        groups.values()
                .forEach(group -> suspects.addAll(group.size() < GROUPED_FROM ? group : List.of(together(group))));
        return suspects;
    }

    private Reasons reasons(Judged file) {
        FileChange change = file.change();
        Reasons reasons = new Reasons();
        boolean content = change.kind() != FileChange.Kind.CHANGED
                || change.aspects().contains(FileChange.Aspect.CONTENT)
                || change.aspects().contains(FileChange.Aspect.KIND)
                || change.aspects().contains(FileChange.Aspect.TARGET)
                || change.aspects().contains(FileChange.Aspect.DEVICE);
        if (content && directory(change)) {
            return reasons;
        }
        Optional<String> steady = change.owners().stream()
                .filter(purl -> packages.installed(purl, true) && packages.installed(purl, false))
                .findFirst();
        boolean configuration = file.configuration() || ConfigurationPlaces.hold(change.path());
        if (!change.owners().isEmpty() && steady.isEmpty()) {
            return configuration && change.kind() == FileChange.Kind.CHANGED
                    ? reasons.add(rules.weight(Aspect.UPDATED), "configuration of a package that changed too")
                    : reasons;
        }
        if (steady.isPresent() && !file.configuration()) {
            reasons.add(
                    rules.weight(content ? Aspect.DIFFERS : Aspect.ATTRIBUTES),
                    change.kind() == FileChange.Kind.REMOVED
                            ? "gone, though the package that brings it is installed"
                            : "not as its package brings it, and that did not change");
        }
        if (elevated(change)) {
            reasons.add(rules.weight(Aspect.ELEVATED), "runs as somebody else now");
        }
        service(change.path())
                .ifPresent(name -> reasons.add(
                        rules.weight(Aspect.CONFIGURED),
                        "configuration of " + name + ", which starts with the system"));
        rules.file(change.path())
                .filter(_ -> steady.isEmpty() || configuration)
                .ifPresentOrElse(
                        rule -> reasons.add(rule.weight(), rule.why()),
                        () -> reasons.add(
                                rules.weight(configuration ? Aspect.CONFIGURATION : Aspect.OTHER),
                                configuration ? "configuration" : "a file like any other"));
        return reasons;
    }

    private static boolean directory(FileChange change) {
        return change.to()
                .or(change::from)
                .filter(entry -> entry.kind().equals("dir"))
                .isPresent();
    }

    private static boolean elevated(FileChange change) {
        return setId(change.to()) && !setId(change.from());
    }

    private static boolean setId(Optional<EntryFacts> entry) {
        return entry.filter(one -> one.kind().equals("file") && (one.mode() & SET_ID) != 0)
                .isPresent();
    }

    /** The service whose configuration a path is: {@code /etc/NAME/…}, {@code /etc/NAME.conf}, {@code /etc/default/NAME}, {@code NAME.service} and what is beside it. */
    private Optional<String> service(String path) {
        String[] names = path.split("/", -1);
        if (names.length < 3 || !names[1].equals("etc")) {
            return Optional.empty();
        }
        boolean defaults = names[2].equals("default") || names[2].equals("sysconfig");
        String name = defaults && names.length > 3 ? names[3] : names[2];
        int dot = name.indexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        return services.contains(base) ? Optional.of(base) : Optional.empty();
    }

    private static String place(String path) {
        int end = 0;
        for (int depth = 0; depth < GROUP_DEPTH; depth++) {
            int next = path.indexOf('/', end + 1);
            if (next < 0) {
                return path.substring(0, Math.max(end, 1));
            }
            end = next;
        }
        return path.substring(0, end);
    }

    private static Suspect suspect(FileChange change, Reasons reasons) {
        return new Suspect(
                reasons.weight(),
                Suspect.What.FILE,
                change.kind().name().toLowerCase(Locale.ROOT),
                change.path(),
                Optional.empty(),
                change.kind() == FileChange.Kind.CHANGED
                        ? Optional.of(String.join(
                                ", ",
                                change.aspects().stream()
                                        .sorted()
                                        .map(aspect -> aspect.name().toLowerCase(Locale.ROOT))
                                        .toList()))
                        : Optional.empty(),
                1,
                reasons.words());
    }

    /** Several as one: where all of them lie, and what happened if it is the same to all. */
    private static Suspect together(List<Suspect> group) {
        Set<String> kinds = new TreeSet<>();
        group.forEach(one -> kinds.add(one.change()));
        String common = group.getFirst().name();
        for (Suspect one : group) {
            while (!one.name().startsWith(common + "/") && !common.isEmpty()) {
                common = common.substring(0, common.lastIndexOf('/'));
            }
        }
        Suspect heaviest = group.stream()
                .max(java.util.Comparator.comparingDouble(Suspect::weight))
                .orElseThrow();
        return new Suspect(
                heaviest.weight(),
                Suspect.What.FILE,
                kinds.size() == 1 ? kinds.iterator().next() : "changed",
                common.isEmpty() ? "/" : common,
                Optional.empty(),
                Optional.empty(),
                group.size(),
                heaviest.reasons());
    }
}
