package dev.stemma.queries.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words on a drawing. Names come from guests and people, and may hold anything; what is drawn is made harmless here. */
final class FamilyText {

    private static final char REPLACEMENT = '\ufffd';

    private FamilyText() {}

    /**
     * A text in one line: controls, halves of characters, what XML does not allow and what turns the direction of writing are each
     * replaced.
     *
     * @param max code points; a longer one ends in an ellipsis
     */
    static String line(String text, int max) {
        StringBuilder line = new StringBuilder();
        int[] points = text.codePoints().limit(max + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, max); i++) {
            boolean cut = points.length > max && i == max - 1;
            line.appendCodePoint(cut ? '…' : harmless(points[i]) ? points[i] : REPLACEMENT);
        }
        return line.toString();
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> point != 0xfffe && point != 0xffff;
        };
    }

    /** What is said below the title of an image or machine: its state, its channels, what it is. */
    static String below(Relative relative) {
        List<String> words = new ArrayList<>();
        relative.state()
                .filter(state -> !state.equals("ACTIVE"))
                .ifPresent(state -> words.add(state.toLowerCase(Locale.ROOT)));
        relative.place().ifPresent(place -> words.addAll(place.channels()));
        if (!relative.title().equals(relative.name())) {
            words.add(relative.name());
        }
        if (words.isEmpty()
                || FamilyMachines.is(relative)
                || relative.place().flatMap(Place::branch).isPresent()) {
            words.add(relative.format().orElse("image"));
        }
        int machines = relative.machines().size();
        if (machines > 0) {
            words.add(machines
                    + (machines == DeployedMachine.MAX ? " or more" : "")
                    + (machines == 1 ? " machine" : " machines"));
        }
        return String.join(" · ", words);
    }

    /** How a derivation is drawn apart. */
    static String basis(Derivation derivation) {
        return switch (derivation.basis()) {
            case RECORDED -> "recorded";
            case OBSERVED -> "observed";
            case INFERRED -> "inferred";
        };
    }
}
