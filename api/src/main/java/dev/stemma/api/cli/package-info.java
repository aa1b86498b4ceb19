/**
 * The command line: parses, asks the service over HTTP and prints. It never opens the graph, an image or the server's
 * framework; the one exception is the hidden {@code serve}.
 */
@NullMarked
package dev.stemma.api.cli;

import org.jspecify.annotations.NullMarked;
