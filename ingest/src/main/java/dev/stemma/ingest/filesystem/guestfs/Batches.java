package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks about many names of a directory at once. A message of libguestfs holds at most 4 MiB; a question whose answer does not
 * fit is asked again in halves.
 */
record Batches(Appliance appliance, List<Observation> observed, String by, Origin origin) {

    /** Names in one question. */
    static final int NAMES = 500;

    private static final long MAX_NAMES_BYTES = 512L << 20;
    private static final int MAX_OBSERVED = 1_000;

    /** All names of a directory, in no order. */
    List<GuestName> names(byte[] directory) throws ImageProblem {
        Path file = appliance.file("names" + Thread.currentThread().threadId());
        try {
            appliance.ask("names", directory, Appliance.text(file.toString()));
            if (Files.size(file) > MAX_NAMES_BYTES) {
                throw new OverBudget("entry-limit", at(directory), "its names take " + Files.size(file) + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return split(bytes, directory);
        } catch (IOException e) {
            throw new Unreadable("appliance-failed", at(directory), "its list of names cannot be read", null, e);
        }
    }

    private List<GuestName> split(byte[] bytes, byte[] directory) throws OverBudget {
        List<GuestName> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                continue;
            }
            if (i > start) {
                names.add(GuestName.of(Arrays.copyOfRange(bytes, start, i)));
            }
            start = i + 1;
            if (names.size() > Budget.MAX_DIRECTORY_ENTRIES) {
                throw new OverBudget(
                        "entry-limit", at(directory), "has more than " + Budget.MAX_DIRECTORY_ENTRIES + " entries");
            }
        }
        return names;
    }

    /** One answer a name. */
    List<byte[]> ask(String word, byte[] directory, List<GuestName> names) throws ImageProblem {
        List<byte[]> parts = new ArrayList<>(names.size() + 1);
        parts.add(directory);
        names.forEach(name -> parts.add(name.bytes()));
        List<byte[]> answers = appliance.ask(word, parts);
        if (answers.size() != names.size()) {
            throw new Corrupt("bad-value", at(directory), answers.size() + " answers about " + names.size() + " names");
        }
        return answers;
    }

    /** The extended attributes of each name. */
    List<SortedMap<GuestName, GuestName>> xattrs(byte[] directory, List<GuestName> names) throws ImageProblem {
        List<byte[]> parts = new ArrayList<>(names.size() + 1);
        parts.add(directory);
        names.forEach(name -> parts.add(name.bytes()));
        List<byte[]> pairs;
        try {
            pairs = appliance.ask("xattrs", parts);
        } catch (Corrupt failed) {
            if (names.size() == 1) {
                observe(
                        failed.code(),
                        directory,
                        names.getFirst(),
                        "its extended attributes are left out: " + failed.reason());
                return List.of(Collections.emptySortedMap());
            }
            int half = names.size() / 2;
            List<SortedMap<GuestName, GuestName>> all = new ArrayList<>(xattrs(directory, names.subList(0, half)));
            all.addAll(xattrs(directory, names.subList(half, names.size())));
            return all;
        }
        return grouped(pairs, directory, names);
    }

    private List<SortedMap<GuestName, GuestName>> grouped(List<byte[]> pairs, byte[] directory, List<GuestName> names)
            throws Corrupt {
        List<SortedMap<GuestName, GuestName>> all = new ArrayList<>(names.size());
        int at = 0;
        while (at + 1 < pairs.size() && all.size() < names.size()) {
            byte[] counted = pairs.get(at + 1);
            if (counted.length == 0) {
                observe("bad-value", directory, names.get(all.size()), "its extended attributes cannot be read");
            }
            int count = counted.length == 0 ? 0 : number(counted, directory);
            at += 2;
            SortedMap<GuestName, GuestName> one = new TreeMap<>();
            for (int i = 0; i < count && at + 1 < pairs.size(); i++, at += 2) {
                one.put(GuestName.of(pairs.get(at)), GuestName.of(pairs.get(at + 1)));
            }
            all.add(one);
        }
        if (all.size() != names.size() || at != pairs.size()) {
            throw new Corrupt(
                    "bad-value", at(directory), "attributes of " + all.size() + " of " + names.size() + " names");
        }
        return all;
    }

    private int number(byte[] text, byte[] directory) throws Corrupt {
        try {
            // libguestfs ends the digits with a zero byte and counts that in.
            return Integer.parseInt(new String(text, StandardCharsets.US_ASCII).replace("\0", ""));
        } catch (NumberFormatException e) {
            throw new Corrupt("bad-value", at(directory), "no count of attributes", null, e);
        }
    }

    /** Records that a name could not be read and is missing. */
    void leftOut(byte[] directory, GuestName name) {
        observe("unreadable-entry", directory, name, "the entry cannot be read and is left out");
    }

    private void observe(String code, byte[] directory, GuestName name, String message) {
        synchronized (observed) {
            Observation observation = new Observation(
                    code,
                    Observation.Severity.PARTIAL,
                    at(directory).within(name.escaped()).toString(),
                    message,
                    Optional.empty(),
                    by);
            if (observed.size() < MAX_OBSERVED && !observed.contains(observation)) {
                observed.add(observation);
            }
        }
    }

    private Origin at(byte[] directory) {
        return origin.within(GuestName.of(directory).escaped());
    }
}
