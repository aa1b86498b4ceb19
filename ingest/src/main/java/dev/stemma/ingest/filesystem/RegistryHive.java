package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A Windows registry hive, read where it lies. Keys are named from the root of the hive, parted by backslashes, and names are the same in
 * whatever case, as Windows has it. What its logs hold and the hive does not is not in it. Safe for use by several threads; closed with the
 * reader that gave it.
 */
public interface RegistryHive {

    /**
     * Some of the values of a key.
     *
     * @param names of the values wanted; those that the key does not have are missing in the answer
     * @return empty where there is no such key
     */
    Optional<Map<String, RegistryValue>> values(String key, List<String> names) throws ImageProblem;

    /**
     * The same of each key directly below one, by its name; empty where there is none.
     *
     * @throws dev.stemma.ingest.problem.OverBudget {@code entry-limit} when there are very many
     */
    SortedMap<String, Map<String, RegistryValue>> valuesBelow(String key, List<String> names) throws ImageProblem;
}
