/**
 * What a machine is for: where its servers listen, server programs that no package owns, and the rules that make roles of all
 * that was gathered. Rules are data, in {@code roles.yaml}; they see facts only, never files.
 */
@NullMarked
package dev.stemma.ingest.analyze.role;

import org.jspecify.annotations.NullMarked;
