/**
 * Keeps the text of small configuration files, without its secrets, under the digest of the whole file. The form is in
 * {@code docs/formats/text.adoc}, the rules of what is secret in {@code secrets.yaml} beside this class. Where files lie
 * and who asks for them is not known here.
 */
@NullMarked
package dev.stemma.ingest.text;

import org.jspecify.annotations.NullMarked;
