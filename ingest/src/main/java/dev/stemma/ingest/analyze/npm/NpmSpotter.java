package dev.stemma.ingest.analyze.npm;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.json.JsonReader;
import dev.stemma.ingest.analyze.software.NameEnd;
import dev.stemma.ingest.analyze.software.Sightings;
import dev.stemma.ingest.analyze.software.Software;
import dev.stemma.ingest.analyze.software.SpottedFile;
import dev.stemma.ingest.analyze.software.Spotter;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;

/**
 * npm packages: the {@code package.json} of each directory directly in a {@code node_modules}, or in a scope there, as Node
 * resolves modules; Debian's {@code /usr/share/nodejs} counts as one. Below a package only its own {@code node_modules} is followed, so that what
 * lies in its tests is not taken for installed.
 */
public final class NpmSpotter implements Spotter {

    private static final int MAX_BYTES = 4 << 20;
    private static final NameEnd FILE = NameEnd.whole("package.json");
    private static final NameEnd MODULES = NameEnd.whole("node_modules");
    private static final NameEnd NODEJS = NameEnd.whole("nodejs");
    private static final NameEnd SHARE = NameEnd.whole("share");

    /** Where pnpm keeps each version, with a {@code node_modules} of its own. */
    private static final NameEnd PNPM = NameEnd.whole(".pnpm");

    @Override
    public String id() {
        return "npm";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean picks(GuestPath path, Attributes attributes, long sizeBytes) {
        return FILE.fits(path, 0) && installed(path.names());
    }

    private static boolean installed(List<GuestName> names) {
        int last = names.size() - 1;
        int at = 0;
        while (at < last && !modules(names, at)) {
            at++;
        }
        // Behind each node_modules: one package, and the end or the next node_modules.
        while (at < last) {
            at++;
            boolean pnpm = PNPM.fits(names.get(at));
            if (pnpm || at < last && scope(names.get(at))) {
                at++;
            }
            if (at >= last || names.get(at).at(0) == '.') {
                return false;
            }
            at++;
            if (at == last) {
                return !pnpm;
            }
            if (!MODULES.fits(names.get(at))) {
                return false;
            }
        }
        return false;
    }

    private static boolean modules(List<GuestName> names, int at) {
        return MODULES.fits(names.get(at)) || at > 0 && NODEJS.fits(names.get(at)) && SHARE.fits(names.get(at - 1));
    }

    private static boolean scope(GuestName name) {
        return name.length() > 1 && name.at(0) == '@';
    }

    @Override
    public void read(SpottedFile file, Sightings sightings) throws ImageProblem {
        String[] found = {"", ""};
        JsonReader.of(file.whole(MAX_BYTES), file.origin()).object((name, value) -> {
            switch (name) {
                case "name" -> found[0] = value.text().orElse("");
                case "version" -> found[1] = value.text().orElse("");
                default -> value.skip();
            }
        });
        if (found[0].isEmpty() || found[1].isEmpty()) {
            sightings.unnamed(file.place(), "has no name or no version");
            return;
        }
        sightings.add(draft(found[0], found[1]), file.place());
    }

    private static Software.Draft draft(String name, String version) {
        int slash = name.indexOf('/');
        return name.startsWith("@") && slash > 1
                ? Software.of("npm", name.substring(slash + 1), version).within(name.substring(0, slash), name)
                : Software.of("npm", name, version);
    }
}
