package dev.stemma.graph.model;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;

/**
 * In which of its groups an inventory has a package. All versions of a package are in the same one, and it depends on nothing
 * else: so images that differ in one package share all groups but one, and who looks for a package looks into one group.
 */
public final class PackageGroups {

    /** How many groups an inventory has at most; those without a package are left out. */
    public static final int COUNT = 32;

    private PackageGroups() {}

    /**
     * The group of a package version.
     *
     * @param purl package URL, canonical form; what stands before its version decides
     * @return from 0, below {@link #COUNT}
     */
    public static int index(String purl) {
        int version = purl.indexOf('@');
        String name = version < 0 ? purl : purl.substring(0, version);
        return (int) Long.remainderUnsigned(
                Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).a(), COUNT);
    }
}
