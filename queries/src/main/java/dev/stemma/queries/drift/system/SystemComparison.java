package dev.stemma.queries.drift.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what two inventories say of the machine they make. Costs some hundred facts a side, however many are the same. */
public final class SystemComparison {

    /** Of an area and a name there is one fact as a rule; on images with several guests there may be more. */
    private record Thing(String area, String name) {}

    private static final Comparator<SystemFact> BY_PROPERTIES =
            Comparator.comparing(fact -> fact.properties().toString());

    private final SortedMap<Thing, List<SystemFact>> before;
    private final SortedMap<Thing, List<SystemFact>> after;
    private final SystemDrift drift;

    /** Of both sides, with the roles that each is given today. */
    public SystemComparison(SystemFacts from, List<String> fromRoles, SystemFacts to, List<String> toRoles) {
        this.before = facts(from, fromRoles);
        this.after = facts(to, toRoles);
        this.drift = compare();
    }

    private static SortedMap<Thing, List<SystemFact>> facts(SystemFacts held, List<String> roles) {
        SortedMap<Thing, List<SystemFact>> facts =
                new TreeMap<>(Comparator.comparing(Thing::area).thenComparing(Thing::name));
        Stream.concat(held.facts(), roles.stream().map(SystemFact::ofRole))
                .sorted(BY_PROPERTIES)
                .distinct()
                .forEach(fact -> facts.computeIfAbsent(new Thing(fact.area(), fact.name()), _ -> new ArrayList<>())
                        .add(fact));
        return facts;
    }

    /** The answer. */
    public SystemDrift drift() {
        return drift;
    }

    private SystemDrift compare() {
        List<SystemChange> changes = new ArrayList<>();
        long unchanged = 0;
        Set<Thing> all = new TreeSet<>(before.comparator());
        all.addAll(before.keySet());
        all.addAll(after.keySet());
        for (Thing thing : all) {
            List<SystemFact> older = new ArrayList<>(before.getOrDefault(thing, List.of()));
            List<SystemFact> newer = new ArrayList<>(after.getOrDefault(thing, List.of()));
            List<SystemFact> both = older.stream().filter(newer::contains).toList();
            unchanged += both.size();
            older.removeAll(both);
            newer.removeAll(both);
            for (int i = 0; i < Math.max(older.size(), newer.size()); i++) {
                changes.add(change(
                        thing,
                        i < older.size() ? Optional.of(older.get(i)) : Optional.empty(),
                        i < newer.size() ? Optional.of(newer.get(i)) : Optional.empty()));
            }
        }
        return new SystemDrift(changes, unchanged);
    }

    private static SystemChange change(Thing thing, Optional<SystemFact> from, Optional<SystemFact> to) {
        Set<String> names = new TreeSet<>();
        from.ifPresent(fact -> names.addAll(fact.properties().keySet()));
        to.ifPresent(fact -> names.addAll(fact.properties().keySet()));
        List<SystemChange.Property> properties = names.stream()
                .map(name -> new SystemChange.Property(
                        name, from.map(fact -> fact.properties().get(name)), to.map(fact -> fact.properties()
                                .get(name))))
                .filter(property -> !property.from().equals(property.to()))
                .toList();
        SystemChange.Kind kind = from.isEmpty()
                ? SystemChange.Kind.ADDED
                : to.isEmpty() ? SystemChange.Kind.REMOVED : SystemChange.Kind.CHANGED;
        return new SystemChange(kind, thing.area(), thing.name(), properties);
    }

    /**
     * Services that start with the system on either side, by their names without an ending; instances by their templates too.
     */
    public Set<String> services() {
        Set<String> names = new TreeSet<>();
        for (SortedMap<Thing, List<SystemFact>> side : List.of(before, after)) {
            for (Thing thing : side.keySet()) {
                if (thing.area().equals("service")) {
                    String name = thing.name().substring(0, thing.name().lastIndexOf('.'));
                    names.add(name);
                    int at = name.indexOf('@');
                    if (at > 0) {
                        names.add(name.substring(0, at));
                    }
                }
            }
        }
        return names;
    }

    /** Certificates on the newer side, by path and subject, that went out of date after one moment and until another. */
    public List<String> expired(Instant after, Instant until) {
        return this.after.entrySet().stream()
                .filter(entry -> entry.getKey().area().equals("certificate"))
                .filter(entry -> entry.getValue().stream().anyMatch(fact -> ended(fact, after, until)))
                .map(entry -> entry.getKey().name())
                .toList();
    }

    private static boolean ended(SystemFact fact, Instant after, Instant until) {
        Instant end = Instant.parse(Objects.requireNonNull(fact.properties().get(SystemFact.NOT_AFTER)));
        return end.isAfter(after) && !end.isAfter(until);
    }
}
