/**
 * The local graph database: Neo4j Community as a supervised child process on loopback. It is a program beside Stemma,
 * spoken to by Bolt only: no type of the server may be named here, and none of its jars is on the class path.
 */
@NullMarked
package dev.stemma.graph.engine;

import org.jspecify.annotations.NullMarked;
