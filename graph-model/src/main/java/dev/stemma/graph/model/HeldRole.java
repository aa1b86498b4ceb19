package dev.stemma.graph.model;

import java.util.List;

/**
 * What a machine is for, told from what was gathered: derived, so it can be dropped and made again.
 *
 * @param role in kebab case: {@code web-server}
 * @param analyzer what told it, with its version: {@code roles/1}
 * @param reasons why, one sentence each, sorted
 */
public record HeldRole(String role, String analyzer, List<String> reasons) {

    public HeldRole {
        reasons = List.copyOf(reasons);
    }
}
