@NullMarked
package dev.stemma.ingest.content.s3;

import org.jspecify.annotations.NullMarked;
