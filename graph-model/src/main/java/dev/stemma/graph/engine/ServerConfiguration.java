package dev.stemma.graph.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes neo4j.conf anew at each start. */
final class ServerConfiguration {

    private ServerConfiguration() {}

    static void write(Path directory, int port, LocalNeo4j.Settings settings) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        // Loopback only, Bolt only.
        lines.put("server.default_listen_address", "127.0.0.1");
        lines.put("server.default_advertised_address", "127.0.0.1");
        lines.put("server.bolt.listen_address", "127.0.0.1:" + port);
        lines.put("server.bolt.advertised_address", "127.0.0.1:" + port);
        lines.put("server.http.enabled", "false");
        lines.put("server.https.enabled", "false");
        lines.put("dbms.security.auth_enabled", "true");
        // No phoning home; each of these is on by default.
        lines.put("dbms.usage_report.enabled", "false");
        lines.put("dbms.fleet_manager.enabled", "false");
        lines.put("server.fleet_discovery.enabled", "false");
        lines.put("client.allow_telemetry", "false");
        // LOAD CSV reads files of the host and addresses of its network: nobody needs it here.
        lines.put("dbms.security.allow_csv_import_from_file_urls", "false");
        lines.put("internal.dbms.cypher_ip_blocklist", "0.0.0.0/0,::/0");
        // A fresh store takes 516 MB otherwise.
        lines.put("db.tx_log.preallocate", "false");
        lines.put("db.tx_log.rotation.size", "64m");
        lines.put("db.tx_log.rotation.retention_policy", "128m size");
        // A plan made for an empty graph scans: it must not be kept for a graph that was filled seconds later.
        lines.put("dbms.cypher.min_replan_interval", "1s");
        lines.put("server.memory.pagecache.size", settings.pageCacheMegabytes() + "m");
        // The default waits ten seconds for stragglers; by the time we stop there are none.
        lines.put("internal.dbms.bolt.netty_server_shutdown_quiet_period_duration", "0s");
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("neo4j.conf"),
                lines.entrySet().stream()
                        .map(line -> line.getKey() + "=" + line.getValue() + "\n")
                        .collect(Collectors.joining()));
    }
}
