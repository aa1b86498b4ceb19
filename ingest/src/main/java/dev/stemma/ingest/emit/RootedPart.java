package dev.stemma.ingest.emit;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Volume;
import java.util.Optional;

/**
 * A partition with what was found on it, and the attributes of its root directory, which no other directory holds.
 *
 * @param attributes empty at the basic level or when the root was not read
 */
public record RootedPart(Volume.Part part, Optional<Attributes> attributes) {}
