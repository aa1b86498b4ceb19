package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestFact.HostIdentity;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Host name, machine id, cloud-init, accounts, keys and network; at the full level also certificates. A machine id or host key
 * in a golden image is a mistake that these facts make findable.
 */
public final class HostAnalyzer implements Analyzer {

    private static final GuestPath HOST_NAME = GuestPath.parse("/etc/hostname");
    private static final GuestPath MACHINE_ID = GuestPath.parse("/etc/machine-id");
    private static final GuestPath DBUS_MACHINE_ID = GuestPath.parse("/var/lib/dbus/machine-id");
    private static final GuestPath DATASOURCE = GuestPath.parse("/var/lib/cloud/instance/datasource");
    private static final GuestPath INSTANCE = GuestPath.parse("/var/lib/cloud/data/instance-id");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{32}");

    @Override
    public String id() {
        return "host";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(GuestPath.parse("/etc"));
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        FactLog log = new FactLog(files, this);
        identity(log);
        List<Accounts.Home> homes = Accounts.gather(log);
        SshKeys.gather(log, homes);
        Network.gather(log);
        if (level == Level.FULL) {
            Certificates.gather(log);
        }
        return log.findings();
    }

    private static void identity(FactLog log) throws OverBudget {
        String[] found = {"", "absent", "", "", ""};
        log.attempt(
                HOST_NAME,
                path -> found[0] = GuestText.telling(log.files(), path).stream()
                        .findFirst()
                        .orElse(""));
        log.attempt(MACHINE_ID, path -> {
            GuestPath place = log.files().find(path).isPresent() ? path : DBUS_MACHINE_ID;
            if (log.files().find(place).isPresent()) {
                String id = GuestText.first(log.files(), place).orElse("");
                boolean set = HEXADECIMAL.matcher(id).matches();
                found[1] = set ? "set" : id.isEmpty() ? "empty" : id.equals("uninitialized") ? id : "malformed";
                found[2] = set ? id : "";
            }
        });
        log.attempt(
                DATASOURCE,
                path -> found[3] = GuestText.first(log.files(), path)
                        .map(line -> line.split(":", 2)[0].strip())
                        .orElse(""));
        log.attempt(
                INSTANCE, path -> found[4] = GuestText.first(log.files(), path).orElse(""));
        log.add(new HostIdentity(shown(found[0]), shown(found[2]), found[1], shown(found[3]), shown(found[4])));
    }

    private static Optional<String> shown(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty()).map(GuestText::shown);
    }
}
