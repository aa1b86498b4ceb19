/** What differs between two states of a machine as its files tell it: services, accounts, boot, identity, network. Files and packages are not here. */
@NullMarked
package dev.stemma.queries.drift.system;

import org.jspecify.annotations.NullMarked;
