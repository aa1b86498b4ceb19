package dev.stemma.queries.search;

import java.util.Optional;

/**
 * A package that images must or must not have.
 *
 * @param ecosystem {@code deb}, {@code rpm}; empty for any
 * @param name as the package manager writes it
 * @param version which versions count; empty for all
 * @param architecture as the package manager writes it; empty for any
 */
public record PackageTerm(
        Optional<String> ecosystem, String name, Optional<VersionRange> version, Optional<String> architecture) {

    /**
     * Reads {@code [ecosystem/]name[:architecture][relation version]}: {@code openssl}, {@code libc6:amd64>=2.36},
     * {@code deb/nginx=1.22.1-9}, {@code bash (<< 5.2)}.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID}
     */
    public static PackageTerm parse(String text) {
        return PackageTerms.parse(text);
    }
}
