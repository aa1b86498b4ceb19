/** The service as a whole: started as a process of its own on real images, asked over HTTP and by the command line. */
@NullMarked
package dev.stemma.api;

import org.jspecify.annotations.NullMarked;
