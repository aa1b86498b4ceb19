package dev.stemma.queries.inventory;

import dev.stemma.graph.model.CheckedFile.Verdict;
import java.util.Optional;

/**
 * An owned file that is not as its package says, or of which that cannot be told.
 *
 * @param path escaped form, in the guest
 * @param configuration whether it is configuration, which people are meant to change
 * @param purl the package version that owns it, with its name and version
 * @param expected the package's checksum: {@code md5:…}
 * @param found by the same algorithm, in hexadecimal; empty where there is no content to digest
 * @param reason where the verdict alone does not say it
 */
public record FileVerdict(
        String path,
        Verdict verdict,
        boolean configuration,
        String purl,
        String name,
        String version,
        Optional<String> expected,
        Optional<String> found,
        Optional<String> reason) {}
