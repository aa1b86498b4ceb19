/**
 * How a machine starts: firmware and boot code on its disk, boot loader, kernels, init system. Read from files and boot sectors;
 * nothing is ever started.
 */
@NullMarked
package dev.stemma.ingest.analyze.boot;

import org.jspecify.annotations.NullMarked;
