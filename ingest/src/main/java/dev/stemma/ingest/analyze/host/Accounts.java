package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestFact.Account;
import dev.stemma.graph.model.GuestFact.AccountGroup;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users and groups, passwd(5), shadow(5) and group(5). Of a password it is told whether there is one; the hash is dropped in the very
 * place where it is read.
 */
final class Accounts {

    private static final GuestPath PASSWD = GuestPath.parse("/etc/passwd");
    private static final GuestPath SHADOW = GuestPath.parse("/etc/shadow");
    private static final GuestPath GROUP = GuestPath.parse("/etc/group");

    private static final int MAX_MEMBERS = 200;

    private Accounts() {}

    /** An account and its home directory. */
    record Home(String account, GuestPath path) {}

    static List<Home> gather(FactLog log) throws OverBudget {
        Map<String, String> shadow = new HashMap<>();
        log.attempt(SHADOW, path -> {
            for (String line : GuestText.telling(log.files(), path)) {
                String[] fields = line.split(":", 3);
                if (fields.length >= 2) {
                    shadow.putIfAbsent(fields[0], word(fields[1]));
                }
            }
        });
        List<Home> homes = new ArrayList<>();
        log.attempt(PASSWD, path -> {
            int odd = 0;
            for (String line : GuestText.telling(log.files(), path)) {
                String[] fields = line.split(":", -1);
                Optional<Long> uid = fields.length == 7 ? GuestText.number(fields[2]) : Optional.empty();
                Optional<Long> gid = fields.length == 7 ? GuestText.number(fields[3]) : Optional.empty();
                if (uid.isEmpty() || gid.isEmpty() || fields[0].isEmpty()) {
                    odd++;
                    continue;
                }
                String password = fields[1].equals("x") ? shadow.getOrDefault(fields[0], "unknown") : word(fields[1]);
                String name = GuestText.shown(fields[0]);
                log.add(new Account(
                        name, uid.get(), gid.get(), GuestText.shown(fields[5]), GuestText.shown(fields[6]), password));
                if (homes.size() < FactLog.MAX_OF_A_KIND && fields[5].startsWith("/")) {
                    GuestText.path(GuestPath.ROOT, fields[5]).ifPresent(home -> homes.add(new Home(name, home)));
                }
            }
            odd(log, path, odd);
        });
        groups(log);
        return homes;
    }

    private static void groups(FactLog log) throws OverBudget {
        log.attempt(GROUP, path -> {
            int odd = 0;
            for (String line : GuestText.telling(log.files(), path)) {
                String[] fields = line.split(":", -1);
                Optional<Long> gid = fields.length == 4 ? GuestText.number(fields[2]) : Optional.empty();
                if (gid.isEmpty() || fields[0].isEmpty()) {
                    odd++;
                    continue;
                }
                List<String> members = Arrays.stream(fields[3].split(",", -1))
                        .filter(member -> !member.isEmpty())
                        .sorted()
                        .map(GuestText::shown)
                        .toList();
                if (members.size() > MAX_MEMBERS) {
                    log.observe(
                            "too-many-facts",
                            path,
                            GuestText.shown(fields[0]) + " has " + members.size() + " members; " + MAX_MEMBERS
                                    + " are kept");
                }
                log.add(new AccountGroup(
                        GuestText.shown(fields[0]),
                        gid.get(),
                        members.stream().limit(MAX_MEMBERS).toList()));
            }
            odd(log, path, odd);
        });
    }

    /** What a password field says, without what is in it. */
    private static String word(String field) {
        if (field.isEmpty()) {
            return "empty";
        }
        return field.charAt(0) == '!' || field.charAt(0) == '*' ? "locked" : "set";
    }

    private static void odd(FactLog log, GuestPath path, int odd) {
        if (odd > 0) {
            log.malformed(path, odd + " lines have not the fields that they should have");
        }
    }
}
