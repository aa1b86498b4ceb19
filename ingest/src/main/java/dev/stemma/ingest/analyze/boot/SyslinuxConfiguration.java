package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The configuration that SYSLINUX and EXTLINUX share: {@code DEFAULT}, {@code LABEL}, {@code LINUX} or {@code KERNEL}, {@code APPEND}. Includes are not followed. */
final class SyslinuxConfiguration {

    private static final int MAX_LABELS = 1_000;

    private record Label(String name, String kernel, String commandLine, boolean isDefault) {}

    private SyslinuxConfiguration() {}

    static BootChoice parse(GuestFiles files, GuestPath path) throws ImageProblem {
        List<Label> labels = new ArrayList<>();
        String wanted = "";
        for (String line : GuestText.telling(files, path)) {
            String[] words = line.split("\\s+", 2);
            String value = words.length == 2 ? words[1] : "";
            String key = words[0].toUpperCase(Locale.ROOT);
            if (key.equals("MENU") && value.equalsIgnoreCase("default")) {
                key = "MENU DEFAULT";
            }
            switch (key) {
                case "DEFAULT" -> wanted = value;
                case "ONTIMEOUT" -> wanted = wanted.isEmpty() ? value : wanted;
                case "LABEL" -> {
                    if (labels.size() < MAX_LABELS) {
                        labels.add(new Label(value, "", "", false));
                    }
                }
                case "LINUX", "KERNEL", "APPEND", "MENU DEFAULT" -> {
                    if (!labels.isEmpty()) {
                        labels.add(with(labels.removeLast(), key, value));
                    }
                }
                default -> {}
            }
        }
        String name = wanted;
        Optional<Label> chosen = labels.stream()
                .filter(label -> label.name.equals(name))
                .findFirst()
                .or(() -> labels.stream().filter(Label::isDefault).findFirst())
                .or(() -> labels.stream().findFirst());
        return chosen.map(label -> BootChoice.of(label.kernel, label.commandLine))
                .orElse(BootChoice.NONE);
    }

    private static Label with(Label label, String key, String value) {
        return switch (key) {
            case "APPEND" -> new Label(label.name, label.kernel, value, label.isDefault);
            case "MENU DEFAULT" -> new Label(label.name, label.kernel, label.commandLine, true);
            default -> new Label(label.name, value, label.commandLine, label.isDefault);
        };
    }
}
