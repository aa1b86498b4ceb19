package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestContent;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Finds software in one image. {@link #offer} looks at each entry while it goes by and costs some comparisons of bytes;
 * {@link #read} then reads what was picked, and nothing else. Not thread-safe.
 */
public final class SoftwareSearch {

    private final List<Spotter> spotters;
    private final int[] picked;
    private final List<Pick> picks = new ArrayList<>();
    private final Tallies tallies = new Tallies();

    /** The node is kept, so that no directory is listed again to find it. */
    private record Pick(int spotter, FileSystemReader reader, GuestPath path, Node node, long sizeBytes) {
        ByteSource content() {
            return new GuestContent(reader, node, sizeBytes, reader.origin().within(path.escaped()));
        }
    }

    public SoftwareSearch(List<Spotter> spotters) {
        this.spotters = List.copyOf(spotters);
        this.picked = new int[spotters.size()];
    }

    /**
     * The next entry of the walk of a file system.
     *
     * @param node as the reader listed it
     */
    public void offer(FileSystemReader reader, Entry entry, Node node) {
        if (!(entry.payload() instanceof Payload.File file) || file.sizeBytes() == 0) {
            return;
        }
        for (int i = 0; i < picked.length; i++) {
            Spotter spotter = spotters.get(i);
            if (spotter.picks(entry.path(), entry.attributes(), file.sizeBytes())) {
                if (picked[i]++ < spotter.maxFiles()) {
                    picks.add(new Pick(i, reader, entry.path(), node, file.sizeBytes()));
                } else {
                    tallies.leftOut(spotter.name(), entry.path().escaped(), "more than " + spotter.maxFiles());
                }
            }
        }
    }

    /**
     * Reads what was picked. A file that cannot be used costs an observation.
     *
     * @param place where a path of a file system lies in the guest
     * @throws OverBudget when the run is cancelled or out of time
     */
    public Findings read(Origin origin, Budget budget, BiFunction<FileSystemReader, GuestPath, GuestPath> place)
            throws OverBudget {
        Sightings sightings = new Sightings(tallies, budget);
        Allowance allowance = new Allowance(budget, Allowance.MAX_BYTES);
        for (int i = 0; i < picks.size(); i++) {
            Pick pick = picks.get(i);
            Spotter spotter = spotters.get(pick.spotter);
            sightings.by(spotter.name());
            String where = place.apply(pick.reader, pick.path).escaped();
            try {
                read(spotter, pick, where, allowance, sightings);
            } catch (ImageProblem e) {
                budget.check(e.origin());
                if (e.code().equals(Allowance.CODE)) {
                    picks.subList(i, picks.size())
                            .forEach(left -> tallies.leftOut(
                                    spotters.get(left.spotter).name(), left.path.escaped(), e.reason()));
                    break;
                }
                tallies.failed(spotter.name(), where, e);
            }
        }
        return new Findings(
                Optional.empty(),
                sightings.packages(),
                tallies.observations(origin.toString()),
                spotters.stream().map(Spotter::name).sorted().toList());
    }

    private static void read(Spotter spotter, Pick pick, String where, Allowance allowance, Sightings sightings)
            throws ImageProblem {
        ByteSource content = pick.content();
        try {
            spotter.read(new SpottedFile(pick.path, where, allowance.counted(content)), sightings);
        } catch (RuntimeException | StackOverflowError e) {
            // A parser that trips over hostile bytes costs the file, and says so.
            throw new Corrupt("reader-failed", content.origin(), "its bytes make no sense: " + e, null, e);
        }
    }
}
