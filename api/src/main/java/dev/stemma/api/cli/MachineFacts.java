package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an image makes of a machine, as lines for {@code stemma show} in four sections: Roles, Boot, Services, Identity. Long lists
 * are cut for the screen; {@code --output json} has them whole.
 */
final class MachineFacts {

    private static final int MOST = 30;

    private MachineFacts() {}

    /** A name and what there is to say. */
    record Line(String name, String value) {}

    /** The sections in their order; those without lines are left out. */
    static Map<String, List<Line>> sections(JsonNode machine) {
        Map<String, List<Line>> sections = new LinkedHashMap<>();
        sections.put("Roles", roles(machine));
        sections.put("Boot", boot(machine));
        sections.put("Services", services(machine));
        sections.put("Identity", identity(machine));
        sections.values().removeIf(List::isEmpty);
        return sections;
    }

    private static List<Line> roles(JsonNode machine) {
        return lines(machine, "roles", role -> text(role, "role"), role -> joined(role, "reasons", "; "));
    }

    private static List<Line> boot(JsonNode machine) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode boot : Answer.list(machine, "boots")) {
            lines.add(new Line("firmware", joined(boot, "firmware", ", ")));
            lines.add(new Line("boot loader", joined(boot, "bootLoaders", ", ")));
            lines.add(new Line("because", joined(boot, "bootEvidence", "; ")));
            lines.add(new Line("default", (text(boot, "defaultKernel") + " " + text(boot, "commandLine")).strip()));
            lines.add(new Line("init", text(boot, "initSystem") + after(", to ", text(boot, "defaultTarget"))));
        }
        lines.addAll(lines(
                machine,
                "kernels",
                _ -> "kernel",
                kernel -> text(kernel, "version") + ", " + text(kernel, "file") + after(", ", text(kernel, "initrd"))));
        lines.removeIf(line -> line.value.isBlank());
        return lines;
    }

    private static List<Line> services(JsonNode machine) {
        List<Line> lines = new ArrayList<>();
        lines.addAll(lines(
                machine,
                "services",
                _ -> "enabled",
                service -> service(service) + after(" by ", joined(service, "startedBy", ", "))));
        String masked = Answer.list(machine, "masked").stream()
                .limit(MOST)
                .map(MachineFacts::service)
                .collect(Collectors.joining(", "));
        if (!masked.isEmpty()) {
            lines.add(new Line("masked", masked));
        }
        lines.addAll(lines(
                machine,
                "jobs",
                job -> text(job, "kind"),
                job -> text(job, "schedule")
                        + after(": ", text(job, "program"))
                        + after(", as ", text(job, "runsAs"))));
        lines.addAll(lines(
                machine,
                "listeners",
                _ -> "listens",
                one -> text(one, "program") + " on " + before(text(one, "address"), ":") + text(one, "port") + ", says "
                        + text(one, "file")));
        lines.addAll(lines(machine, "programs", _ -> "unowned", one -> text(one, "file")));
        return lines;
    }

    private static String service(JsonNode service) {
        return text(service, "name") + "." + text(service, "kind");
    }

    private static List<Line> identity(JsonNode machine) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode host : Answer.list(machine, "hosts")) {
            lines.add(new Line("host name", text(host, "hostName")));
            String id = text(host, "machineId");
            lines.add(new Line("machine id", id.isEmpty() ? text(host, "machineIdState") : id));
            lines.add(new Line(
                    "cloud-init", text(host, "cloudDatasource") + after(", instance ", text(host, "cloudInstance"))));
        }
        lines.addAll(lines(machine, "hostKeys", _ -> "host key", one -> key(one) + ", " + text(one, "path")));
        lines.addAll(lines(
                machine,
                "authorizedKeys",
                _ -> "lets in",
                one -> key(one) + " as " + text(one, "account") + after(", ", text(one, "comment"))));
        lines.addAll(lines(
                machine,
                "privateKeys",
                _ -> "private key",
                one -> text(one, "file") + (one.path("encrypted").asBoolean() ? ", with a passphrase" : "")));
        lines.addAll(lines(
                machine,
                "certificates",
                _ -> "certificate",
                one -> text(one, "certificate.subject") + ", until " + text(one, "certificate.notAfter") + ", "
                        + text(one, "path")));
        lines.addAll(lines(
                machine,
                "interfaces",
                _ -> "network",
                one -> text(one, "name") + ", " + text(one, "method") + after(" ", joined(one, "addresses", ", "))
                        + ", " + text(one, "configuredBy")));
        lines.addAll(lines(
                machine,
                "accounts",
                _ -> "account",
                one -> text(one, "name") + " (" + text(one, "userId") + "), " + text(one, "shell") + ", password "
                        + text(one, "password")));
        lines.removeIf(line -> line.value.isBlank());
        return lines;
    }

    private static String key(JsonNode held) {
        return text(held, "key.fingerprint") + " (" + text(held, "key.type") + ")";
    }

    private static List<Line> lines(
            JsonNode machine, String list, Function<JsonNode, String> name, Function<JsonNode, String> value) {
        List<JsonNode> all = Answer.list(machine, list);
        List<Line> lines = new ArrayList<>();
        all.stream().limit(MOST).forEach(node -> lines.add(new Line(name.apply(node), value.apply(node))));
        if (all.size() > MOST) {
            lines.add(new Line("", "and " + (all.size() - MOST) + " more"));
        }
        return lines;
    }

    private static String text(JsonNode node, String path) {
        return Answer.text(node, path);
    }

    private static String joined(JsonNode node, String path, String separator) {
        return Answer.list(node, path).stream().map(JsonNode::asText).collect(Collectors.joining(separator));
    }

    private static String after(String word, String text) {
        return text.isEmpty() ? "" : word + text;
    }

    private static String before(String text, String word) {
        return text.isEmpty() ? "port " : text + word;
    }
}
