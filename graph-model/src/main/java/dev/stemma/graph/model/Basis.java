package dev.stemma.graph.model;

/** How a derivation is known. The three are never mixed up. */
public enum Basis {
    /** Somebody, or Stemma itself, did it and wrote it down. */
    RECORDED,
    /** A file says so: a qcow2 backing file, a hypervisor's own record. */
    OBSERVED,
    /** Worked out from content, with confidence and evidence. */
    INFERRED
}
