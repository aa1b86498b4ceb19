/** What a machine starts by itself: units of systemd, init scripts, timers and cron. What they do is not known here. */
@NullMarked
package dev.stemma.ingest.analyze.service;

import org.jspecify.annotations.NullMarked;
