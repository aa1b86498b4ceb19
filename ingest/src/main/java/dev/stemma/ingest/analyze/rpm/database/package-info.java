/**
 * Where rpm keeps the headers of what is installed: Berkeley DB, ndb and SQLite, read over bytes and never opened by the
 * libraries that wrote them. What a header says is not known here.
 */
@NullMarked
package dev.stemma.ingest.analyze.rpm.database;

import org.jspecify.annotations.NullMarked;
