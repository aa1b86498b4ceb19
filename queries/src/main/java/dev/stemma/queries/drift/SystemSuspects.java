package dev.stemma.queries.drift;

import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.drift.system.SystemChange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What changes of the machine itself weigh. */
final class SystemSuspects {

    private final DriftRules rules;

    SystemSuspects(DriftRules rules) {
        this.rules = rules;
    }

    Suspect of(SystemChange change) {
        List<Double> weights = rules.system(change.area());
        return new Suspect(
                weights.get(change.kind().ordinal()),
                Suspect.What.SYSTEM,
                change.kind().name().toLowerCase(Locale.ROOT),
                change.title(),
                side(change, SystemChange.Property::from),
                side(change, SystemChange.Property::to),
                1,
                List.of(words(change)));
    }

    /** A certificate that went out of date between the two looks. */
    Suspect expired(String certificate) {
        return new Suspect(
                rules.expiredCertificate(),
                Suspect.What.SYSTEM,
                "changed",
                "certificate " + certificate,
                Optional.of("valid"),
                Optional.of("expired"),
                1,
                List.of("went out of date between the two looks"));
    }

    private static Optional<String> side(SystemChange change, Function<SystemChange.Property, Optional<String>> which) {
        String text = change.properties().stream()
                .filter(property -> which.apply(property).isPresent())
                .map(property -> property.name() + " " + which.apply(property).get())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String words(SystemChange change) {
        return switch (change.area()) {
            case "service" ->
                switch (change.kind()) {
                    case ADDED -> "starts with the system now";
                    case REMOVED -> "started with the system, and does not any more";
                    case CHANGED -> "is started by something else";
                };
            case "masked service" ->
                change.kind() == SystemChange.Kind.REMOVED ? "can be started again" : "cannot be started at all";
            case "account" ->
                switch (change.kind()) {
                    case ADDED -> "a new account";
                    case REMOVED -> "what ran as it, or belonged to it, has no owner";
                    case CHANGED -> "what runs as it may run otherwise";
                };
            case "role" ->
                change.kind() == SystemChange.Kind.REMOVED
                        ? "nothing makes it one any more"
                        : "something makes it one now";
            case "boot" -> "it starts in another way";
            default ->
                switch (change.kind()) {
                    case ADDED -> "was not there";
                    case REMOVED -> "is not there any more";
                    case CHANGED ->
                        change.properties().stream()
                                .map(SystemChange.Property::name)
                                .collect(Collectors.joining(", ", "another ", ""));
                };
        };
    }
}
