package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GRUB's generated configuration, as far as the default entry needs it: menu entries and submenus by nesting, their {@code linux}
 * lines, {@code set default}, and the saved entry of {@code grubenv}. Scripts are not run. A default that is not understood means
 * the first entry, as it does for GRUB.
 */
final class GrubConfiguration {

    private static final Pattern TITLE = Pattern.compile("(menuentry|submenu)\\s+(?:'([^']*)'|\"([^\"]*)\"|(\\S+)).*");
    private static final Pattern ID =
            Pattern.compile("(?:\\$menuentry_id_option|--id)\\s+(?:'([^']*)'|\"([^\"]*)\"|(\\S+))");
    private static final Pattern DEFAULT = Pattern.compile("set\\s+default=\"?([^\"]*)\"?");
    private static final Pattern LINUX = Pattern.compile("linux(?:efi|16)?\\s+(\\S+)\\s*(.*)");
    private static final int MAX_ENTRIES = 1_000;

    /** @param place positions in the menus on the way, outermost first: {@code 1>0} */
    private record Item(String place, String title, String id, String kernel, String commandLine) {}

    private GrubConfiguration() {}

    static BootChoice parse(GuestFiles files, GuestPath path) throws ImageProblem {
        List<Item> items = new ArrayList<>();
        List<Integer> counters = new ArrayList<>(List.of(0));
        List<String> places = new ArrayList<>(List.of(""));
        List<Boolean> braces = new ArrayList<>();
        String wanted = "0";
        for (String line : GuestText.telling(files, path)) {
            Matcher set = DEFAULT.matcher(line);
            if (set.matches() && braces.size() <= 1 && !set.group(1).startsWith("${next_")) {
                wanted = set.group(1);
            }
            Matcher title = TITLE.matcher(line);
            if (title.matches() && line.endsWith("{") && items.size() < MAX_ENTRIES && places.size() < 20) {
                int number = counters.getLast();
                counters.set(counters.size() - 1, number + 1);
                String place = places.getLast() + number;
                Matcher id = ID.matcher(line);
                items.add(new Item(place, group(title, 2), id.find() ? group(id, 1) : "", "", ""));
                counters.add(0);
                places.add(place + ">");
                braces.add(true);
            } else if (line.endsWith("{") && braces.size() < 100) {
                braces.add(false);
            } else if (line.equals("}") && !braces.isEmpty()) {
                if (braces.removeLast()) {
                    counters.removeLast();
                    places.removeLast();
                }
            }
            Matcher linux = LINUX.matcher(line);
            if (linux.matches() && !items.isEmpty() && items.getLast().kernel.isEmpty()) {
                Item last = items.removeLast();
                items.add(new Item(last.place, last.title, last.id, linux.group(1), linux.group(2)));
            }
        }
        if (wanted.contains("saved_entry")) {
            wanted = saved(files, path).orElse("0");
        }
        return chosen(items, wanted);
    }

    private static BootChoice chosen(List<Item> items, String wanted) {
        String last = wanted.substring(wanted.lastIndexOf('>') + 1);
        List<Item> bootable =
                items.stream().filter(item -> !item.kernel.isEmpty()).toList();
        // A number may name a submenu, whose first entry starts then.
        Optional<Item> found = bootable.stream()
                .filter(item -> item.place.equals(wanted) || item.id.equals(last) || item.title.equals(last))
                .findFirst()
                .or(() -> bootable.stream()
                        .filter(item -> item.place.startsWith(wanted + ">"))
                        .findFirst())
                .or(() -> bootable.stream().findFirst());
        return found.map(item -> BootChoice.of(item.kernel, item.commandLine)).orElse(BootChoice.NONE);
    }

    private static Optional<String> saved(GuestFiles files, GuestPath path) throws ImageProblem {
        return GuestText.lines(files, path.parent().child(GuestName.ofText("grubenv"))).stream()
                .filter(line -> line.startsWith("saved_entry="))
                .map(line -> line.substring("saved_entry=".length()))
                .filter(entry -> !entry.isEmpty())
                .findFirst();
    }

    private static String group(Matcher matcher, int first) {
        for (int i = first; i < first + 3; i++) {
            String group = matcher.group(i);
            if (group != null) {
                return group;
            }
        }
        return "";
    }
}
