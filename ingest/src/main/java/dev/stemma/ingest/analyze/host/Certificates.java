package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * X.509 certificates and private keys that servers of the machine use: below the directories that are meant for them, and what web
 * servers name. Bundles of authorities, which every system brings, are left out by name, by where their links lead, and by size.
 */
final class Certificates {

    /** Directories to walk; their names are where distributions and certbot put what a machine shows of itself. */
    private static final List<GuestPath> ROOTS = List.of(
            GuestPath.parse("/etc/ssl"),
            GuestPath.parse("/etc/pki"),
            GuestPath.parse("/etc/letsencrypt/live"),
            GuestPath.parse("/etc/nginx"),
            GuestPath.parse("/etc/apache2"),
            GuestPath.parse("/etc/httpd"),
            GuestPath.parse("/etc/haproxy"),
            GuestPath.parse("/etc/postgresql"),
            GuestPath.parse("/etc/mysql"));

    /** Trust stores of distributions: theirs, not the machine's. */
    private static final List<String> TRUST_STORES = List.of(
            "/etc/pki/ca-trust/",
            "/etc/pki/tls/certs/ca-bundle",
            "/etc/pki/java/",
            "/etc/pki/rpm-gpg/",
            "/etc/pki/nssdb/");

    private static final Set<String> BUNDLES =
            Set.of("ca-certificates.crt", "ca-bundle.crt", "ca-bundle.trust.crt", "tls-ca-bundle.pem", "cert.pem.bak");
    private static final Set<String> ENDINGS = Set.of("pem", "crt", "cer", "der", "cert", "key", "p8");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\s*(?:ssl_certificate(?:_key)?|SSLCertificate(?:Key|Chain)?File|ssl_cert_file|ssl_key_file|ssl-cert|ssl-key"
                    + "|smtpd_tls_(?:cert|key)_file)\\s*=?\\s*['\"]?([^'\";]{1,1000})['\"]?;?\\s*");
    private static final GuestPath POSTFIX = GuestPath.parse("/etc/postfix/main.cf");

    private static final int MAX_FILES = 3_000;
    private static final int MAX_DEPTH = 6;

    private final FactLog log;
    private final Set<GuestPath> named = new LinkedHashSet<>();

    private Certificates(FactLog log) {
        this.log = log;
    }

    static void gather(FactLog log) throws OverBudget {
        Certificates all = new Certificates(log);
        int files = 0;
        for (GuestPath root : ROOTS) {
            files += all.walk(root, MAX_FILES - files);
        }
        log.attempt(POSTFIX, all::configuration);
        for (GuestPath path : List.copyOf(all.named)) {
            log.attempt(path, all::look);
        }
    }

    /** Depth first over a heap of its own: the guest decides how deep. */
    private int walk(GuestPath root, int allowed) throws OverBudget {
        int files = 0;
        Deque<GuestPath> pending = new ArrayDeque<>(List.of(root));
        while (!pending.isEmpty()) {
            GuestPath directory = pending.pop();
            for (GuestFiles.Found found : log.list(directory)) {
                GuestPath path = directory.child(found.node().name());
                if (found.node().payload() instanceof Payload.Directory) {
                    if (path.depth() - root.depth() < MAX_DEPTH && !trusted(path.escaped() + "/")) {
                        pending.push(path);
                    }
                } else if (!(found.node().payload() instanceof Payload.Device)) {
                    if (++files > allowed) {
                        log.observe(
                                "too-many-facts",
                                root,
                                "there are more than " + MAX_FILES
                                        + " files where certificates may lie; the rest was not looked at");
                        return files;
                    }
                    log.attempt(path, this::consider);
                }
            }
        }
        return files;
    }

    private void consider(GuestPath path) throws ImageProblem {
        String name = GuestText.name(path);
        if (BUNDLES.contains(name) || trusted(path.escaped())) {
            return;
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (ENDINGS.contains(ending) || path.parent().name().is("private")) {
            look(path);
        } else if (ending.equals("conf") || path.parent().name().is("sites-enabled")) {
            configuration(path);
        }
    }

    private static boolean trusted(String path) {
        return TRUST_STORES.stream().anyMatch(path::startsWith);
    }

    /** Remembers what a server's configuration names. */
    private void configuration(GuestPath path) throws ImageProblem {
        for (String line : GuestText.telling(log.files(), path)) {
            Matcher matcher = NAMED.matcher(line);
            if (line.length() < 2_000 && matcher.matches() && named.size() < MAX_FILES) {
                GuestText.path(path.parent(), matcher.group(1)).ifPresent(named::add);
            }
        }
    }

    private void look(GuestPath path) throws ImageProblem {
        Optional<GuestFiles.Found> found = log.files().find(path);
        if (found.isEmpty() || !(found.get().node().payload() instanceof Payload.File file)) {
            return;
        }
        // What lies below /usr was brought by the system: links to its authorities.
        if (found.get().path().escaped().startsWith("/usr/share/") || file.sizeBytes() == 0) {
            return;
        }
        boolean key = PrivateKeys.look(log, path);
        CertificateFile.read(log, path, !key);
    }
}
