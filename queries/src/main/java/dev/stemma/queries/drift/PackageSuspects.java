package dev.stemma.queries.drift;

import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.drift.rules.DriftRules.PackageWeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What changed packages weigh. */
final class PackageSuspects {

    /** Words of dpkg for a package that is neither there nor gone. */
    private static final Set<String> BROKEN =
            Set.of("half-installed", "half-configured", "unpacked", "triggers-awaited", "triggers-pending");

    /** The first number behind an epoch. */
    private static final Pattern MAJOR = Pattern.compile("^(?:\\d+:)?[^\\d]{0,8}(\\d{1,9})");

    private final DriftRules rules;
    private final Set<String> services;

    /** @param services that start with the system, on either side */
    PackageSuspects(DriftRules rules, Set<String> services) {
        this.rules = rules;
        this.services = services;
    }

    Suspect of(PackageChange change) {
        List<String> words = new ArrayList<>();
        double weight = weight(change, words);
        Optional<String> service = services.stream()
                .filter(name -> change.name().equals(name) || change.name().startsWith(name + "-"))
                .findFirst();
        if (service.isPresent()) {
            weight += rules.weight(PackageWeight.SERVING);
            words.add(service.get() + " starts with the system");
        }
        if (rules.core(change.name())) {
            weight += rules.weight(PackageWeight.CORE);
            words.add("much else depends on it");
        }
        if (change.fromVersion().isPresent()
                && change.toVersion().isPresent()
                && !major(change.fromVersion().get())
                        .equals(major(change.toVersion().get()))) {
            weight += rules.weight(PackageWeight.MAJOR);
            words.add("its first number changed");
        }
        boolean state = change.kind() == PackageChange.Kind.STATE;
        return new Suspect(
                Math.min(1, weight),
                Suspect.What.PACKAGE,
                change.kind().name().toLowerCase(Locale.ROOT),
                change.title(),
                state ? change.fromState() : change.fromVersion(),
                state ? change.toState() : change.toVersion(),
                1,
                words);
    }

    private double weight(PackageChange change, List<String> words) {
        Optional<String> broken = change.toState().filter(state -> BROKEN.contains(state.split(",", 2)[0]));
        if (broken.isPresent()) {
            words.add("the package manager left it " + broken.get());
            return rules.weight(PackageWeight.BROKEN);
        }
        return switch (change.kind()) {
            case ADDED -> rules.weight(PackageWeight.ADDED);
            case REMOVED -> rules.weight(PackageWeight.REMOVED);
            case UPGRADED -> rules.weight(PackageWeight.UPGRADED);
            case DOWNGRADED -> {
                words.add("older than it was");
                yield rules.weight(PackageWeight.DOWNGRADED);
            }
            case STATE -> rules.weight(PackageWeight.STATE);
        };
    }

    private static String major(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.find() ? matcher.group(1) : "";
    }
}
