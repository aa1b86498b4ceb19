package dev.stemma.ingest.analyze.service;

import dev.stemma.graph.model.GuestFact.ScheduledJob;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Cron's tables, crontab(5): the system's own, {@code cron.d}, those of accounts, and the directories of scripts. Of a command only the
 * program is kept, for arguments often hold passwords.
 */
final class Crontabs {

    private static final List<GuestPath> SYSTEM = List.of(GuestPath.parse("/etc/crontab"));
    private static final GuestPath CRON_D = GuestPath.parse("/etc/cron.d");
    private static final List<GuestPath> SPOOLS = List.of(
            GuestPath.parse("/var/spool/cron/crontabs"),
            GuestPath.parse("/var/spool/cron/tabs"),
            GuestPath.parse("/var/spool/cron"),
            GuestPath.parse("/etc/crontabs"));
    private static final List<String> PERIODS = List.of("hourly", "daily", "weekly", "monthly", "yearly");

    /** Debian's run-parts takes such names only. */
    private static final Pattern RUN_PARTS = Pattern.compile("[A-Za-z0-9_-]+");

    private static final Pattern FIELD = Pattern.compile("[0-9A-Za-z*,/~-]{1,100}");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\s*=.*");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=\\S*");

    private Crontabs() {}

    static void gather(FactLog log) throws OverBudget {
        for (GuestPath table : SYSTEM) {
            log.attempt(table, path -> table(log, path, Optional.empty()));
        }
        for (GuestFiles.Found found : log.list(CRON_D)) {
            if (RUN_PARTS.matcher(GuestText.name(found.path())).matches()) {
                log.attempt(found.path(), path -> table(log, path, Optional.empty()));
            }
        }
        for (GuestPath spool : SPOOLS) {
            for (GuestFiles.Found found : log.list(spool)) {
                if (found.node().payload() instanceof Payload.File) {
                    log.attempt(found.path(), path -> table(log, path, Optional.of(GuestText.name(path))));
                }
            }
        }
        for (String period : PERIODS) {
            for (GuestFiles.Found found : log.list(GuestPath.parse("/etc/cron." + period))) {
                String name = GuestText.name(found.path());
                boolean program = (found.node().attributes().mode() & 0111) != 0
                        || found.node().payload() instanceof Payload.Link;
                if (program && RUN_PARTS.matcher(name).matches()) {
                    String path = found.path().escaped();
                    log.add(new ScheduledJob("cron", period, Optional.of("root"), Optional.of(path), path));
                }
            }
        }
    }

    /** @param owner whose table it is; empty for one that names the account in each line */
    private static void table(FactLog log, GuestPath path, Optional<String> owner) throws ImageProblem {
        int odd = 0;
        for (String line : GuestText.telling(log.files(), path)) {
            if (ASSIGNMENT.matcher(line).matches()) {
                continue;
            }
            Deque<String> words = new ArrayDeque<>(Arrays.asList(line.split("\\s+", 64)));
            Optional<String> schedule = schedule(words);
            if (schedule.isEmpty() || words.size() < (owner.isEmpty() ? 2 : 1)) {
                odd++;
                continue;
            }
            String account = owner.isPresent() ? owner.get() : words.removeFirst();
            while (words.size() > 1 && PREFIX.matcher(words.peekFirst()).matches()) {
                words.removeFirst();
            }
            log.add(new ScheduledJob(
                    "cron",
                    GuestText.shown(schedule.get()),
                    Optional.of(GuestText.shown(account)),
                    Optional.of(words.getFirst())
                            .filter(word -> !PREFIX.matcher(word).matches())
                            .map(GuestText::shown),
                    path.escaped()));
        }
        if (odd > 0) {
            log.malformed(path, odd + " lines are not as crontab(5) has them");
        }
    }

    private static Optional<String> schedule(Deque<String> words) {
        if (words.getFirst().startsWith("@")) {
            return Optional.of(words.removeFirst());
        }
        StringBuilder schedule = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            if (words.isEmpty() || !FIELD.matcher(words.getFirst()).matches()) {
                return Optional.empty();
            }
            schedule.append(schedule.isEmpty() ? "" : " ").append(words.removeFirst());
        }
        return Optional.of(schedule.toString());
    }
}
