package dev.stemma.queries.inventory;

import dev.stemma.queries.page.Page;

/**
 * Owned files against the checksums of their packages.
 *
 * @param by what verified them, with its version
 * @param intact how many files are as their package says; the other counts are those of the verdicts
 * @param files a page of those that are not, by path
 * @param listed how many of them the graph has; less than were counted when an image has more than 10,000
 */
public record VerificationAnswer(
        String inventoryId,
        String by,
        long intact,
        long modified,
        long missing,
        long unverifiable,
        Page<FileVerdict> files,
        long listed) {}
