package dev.stemma.queries.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Why a change may matter, being collected; the heaviest reason makes the weight. Not thread-safe. */
final class Reasons {

    private record Reason(double weight, String words) {}

    private final List<Reason> reasons = new ArrayList<>();

    Reasons add(double weight, String words) {
        reasons.add(new Reason(weight, words));
        return this;
    }

    double weight() {
        return reasons.stream().mapToDouble(Reason::weight).max().orElse(0);
    }

    List<String> words() {
        return reasons.stream()
                .sorted(Comparator.comparingDouble(reason -> -reason.weight()))
                .map(Reason::words)
                .toList();
    }
}
