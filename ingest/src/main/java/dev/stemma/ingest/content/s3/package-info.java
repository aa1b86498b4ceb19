/**
 * A content store in a bucket that speaks S3; the only room that knows the AWS SDK. What a pack is, is not known here.
 */
@NullMarked
package dev.stemma.ingest.content.s3;

import org.jspecify.annotations.NullMarked;
