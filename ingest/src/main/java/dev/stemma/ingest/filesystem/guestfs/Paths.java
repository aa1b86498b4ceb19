package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The directories met so far, numbered, so that a node can be found again by a number: a directory's own, or for anything
 * else that of the directory it lies in. Grows with the count of directories. Safe for several threads.
 */
final class Paths {

    static final long ROOT = 1;

    private static final int MAX_DIRECTORIES = 2_000_000;

    private final Origin origin;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Step, Long> numbers = new HashMap<>();

    Paths(Origin origin) {
        this.origin = origin;
        Step root = new Step(0, GuestName.EMPTY);
        steps.add(root);
        numbers.put(root, ROOT);
    }

    private record Step(long parent, GuestName name) {}

    /** The number of a directory; always the same. */
    synchronized long number(long parent, GuestName name) throws OverBudget {
        Step step = new Step(parent, name);
        Long known = numbers.get(step);
        if (known != null) {
            return known;
        }
        if (steps.size() >= MAX_DIRECTORIES) {
            throw new OverBudget("entry-limit", origin, "there are more than " + MAX_DIRECTORIES + " directories");
        }
        steps.add(step);
        numbers.put(step, (long) steps.size());
        return steps.size();
    }

    /** A directory's path after a prefix, with a slash before each name. */
    synchronized byte[] path(byte[] prefix, long number) throws Corrupt {
        List<GuestName> names = new ArrayList<>();
        for (long at = number; at != ROOT; ) {
            if (at < 1 || at > steps.size()) {
                throw new Corrupt("bad-value", origin, "no directory has the number " + number);
            }
            Step step = steps.get((int) (at - 1));
            names.add(step.name());
            at = step.parent();
        }
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        path.writeBytes(prefix);
        for (GuestName name : names.reversed()) {
            path.write('/');
            path.writeBytes(name.bytes());
        }
        return path.toByteArray();
    }
}
