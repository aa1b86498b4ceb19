package dev.stemma.ingest.filesystem;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;

/**
 * A directory entry as a reader lists it: name, attributes and payload, where a file's digest is still missing unless
 * the reader had to compute it ({@code guestfs}).
 *
 * @param id what the reader finds the node again by; an inode number in most file systems
 */
public record Node(GuestName name, long id, Attributes attributes, Payload payload) {}
