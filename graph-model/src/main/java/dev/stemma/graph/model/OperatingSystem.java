package dev.stemma.graph.model;

import java.util.Optional;

/**
 * The operating system found on a root file system.
 *
 * @param distribution os-release's {@code ID}: {@code debian}, {@code ubuntu}
 * @param version os-release's {@code VERSION_ID}, or {@code VERSION_CODENAME} where there is none ({@code sid})
 * @param patchLevel the finest version known: Debian's {@code /etc/debian_version} (12.11)
 * @param prettyName os-release's {@code PRETTY_NAME}
 * @param architecture as the distribution names it: {@code amd64}
 */
public record OperatingSystem(
        String distribution,
        Optional<String> version,
        Optional<String> patchLevel,
        Optional<String> prettyName,
        Optional<String> architecture) {}
