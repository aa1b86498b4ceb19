/**
 * Who a machine is: names, accounts, keys, certificates, network. Secrets are looked at only to say that they are there; no
 * password's hash and no private key leaves this package.
 */
@NullMarked
package dev.stemma.ingest.analyze.host;

import org.jspecify.annotations.NullMarked;
