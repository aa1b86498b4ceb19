package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestFact.AuthorizedKey;
import dev.stemma.graph.model.GuestFact.HostKey;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Host keys by their public halves, keys that let people in, and which private keys lie about; sshd(8), ssh-keygen(1). */
final class SshKeys {

    private static final GuestPath SSH = GuestPath.parse("/etc/ssh");
    private static final GuestPath CONFIGURATION = GuestPath.parse("/etc/ssh/sshd_config");
    private static final List<String> USUAL = List.of(".ssh/authorized_keys", ".ssh/authorized_keys2");
    private static final Pattern PRIVATE = Pattern.compile("id_[a-z0-9_]{1,40}");
    private static final int MAX_PATTERNS = 10;

    private SshKeys() {}

    static void gather(FactLog log, List<Accounts.Home> homes) throws OverBudget {
        for (GuestFiles.Found found : log.list(SSH)) {
            String name = GuestText.name(found.path());
            if (name.startsWith("ssh_host_") && name.endsWith(".pub")) {
                log.attempt(found.path(), path -> hostKey(log, path));
            } else if (name.startsWith("ssh_host_") && name.endsWith("_key")) {
                log.attempt(found.path(), path -> PrivateKeys.look(log, path));
            }
        }
        List<String> patterns = new ArrayList<>();
        log.attempt(CONFIGURATION, path -> patterns.addAll(patterns(log.files(), path)));
        for (Accounts.Home home : homes) {
            for (String pattern : patterns.isEmpty() ? USUAL : patterns) {
                String place = pattern.replace("%%", "%")
                        .replace("%h", latin(home.path()))
                        .replace("%u", home.account());
                Optional<GuestPath> file = GuestText.path(home.path(), place);
                if (file.isPresent()) {
                    log.attempt(file.get(), path -> authorized(log, path, home.account()));
                }
            }
            for (GuestFiles.Found found : log.list(home.path().child(GuestName.ofText(".ssh")))) {
                if (PRIVATE.matcher(GuestText.name(found.path())).matches()) {
                    log.attempt(found.path(), path -> PrivateKeys.look(log, path));
                }
            }
        }
    }

    private static String latin(GuestPath path) {
        StringBuilder text = new StringBuilder();
        path.names().forEach(name -> text.append('/')
                .append(new String(name.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1)));
        return text.isEmpty() ? "/" : text.toString();
    }

    private static List<String> patterns(GuestFiles files, GuestPath path) throws ImageProblem {
        for (String line : GuestText.telling(files, path)) {
            String[] words = line.split("[\\s=]+");
            String key = words[0].toLowerCase(Locale.ROOT);
            if (key.equals("match")) {
                break; // What follows holds for some connections only.
            }
            if (key.equals("authorizedkeysfile")) {
                return List.of(words).subList(1, Math.min(words.length, MAX_PATTERNS + 1)).stream()
                        .filter(word -> !word.equals("none"))
                        .toList();
            }
        }
        return List.of();
    }

    private static void hostKey(FactLog log, GuestPath path) throws ImageProblem {
        for (String line : GuestText.telling(log.files(), path)) {
            Optional<PublicKeyLine> key = PublicKeyLine.parse(line);
            if (key.isPresent()) {
                log.add(new HostKey(key.get().key(), path.escaped()));
            } else {
                log.malformed(path, "it holds no public key that can be understood");
            }
        }
    }

    private static void authorized(FactLog log, GuestPath path, String account) throws ImageProblem {
        int odd = 0;
        Set<String> seen = new HashSet<>();
        for (String line : GuestText.telling(log.files(), path)) {
            Optional<PublicKeyLine> key = PublicKeyLine.parse(line);
            if (key.isPresent() && seen.add(key.get().key().fingerprint())) {
                log.add(new AuthorizedKey(
                        key.get().key(), account, key.get().comment().map(GuestText::shown), path.escaped()));
            } else if (key.isEmpty()) {
                odd++;
            }
        }
        if (odd > 0) {
            log.malformed(path, odd + " lines hold no public key that can be understood");
        }
    }
}
