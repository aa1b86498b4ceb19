package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.filesystem.RegistryHive;
import dev.stemma.ingest.filesystem.RegistryValue;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A hive that hivex reads in an appliance. */
record GuestfsHive(Appliance appliance, byte[] path, Origin origin) implements RegistryHive {

    @Override
    public Optional<Map<String, RegistryValue>> values(String key, List<String> names) throws ImageProblem {
        List<byte[]> answer = appliance.ask("registry-values", question(key, names));
        return answer.isEmpty() ? Optional.empty() : Optional.of(values(answer, names));
    }

    @Override
    public SortedMap<String, Map<String, RegistryValue>> valuesBelow(String key, List<String> names)
            throws ImageProblem {
        List<byte[]> answer = appliance.ask("registry-below", question(key, names));
        SortedMap<String, Map<String, RegistryValue>> below = new TreeMap<>();
        int fields = 1 + 2 * names.size();
        for (int at = 0; at + fields <= answer.size(); at += fields) {
            String name = GuestName.of(answer.get(at)).escaped();
            below.put(name, values(answer.subList(at + 1, at + fields), names));
        }
        return below;
    }

    private List<byte[]> question(String key, List<String> names) {
        List<byte[]> parts = new ArrayList<>(List.of(path, Appliance.text(key)));
        names.forEach(name -> parts.add(Appliance.text(name)));
        return parts;
    }

    private Map<String, RegistryValue> values(List<byte[]> answer, List<String> names) throws Corrupt {
        if (answer.size() != 2 * names.size()) {
            throw new Corrupt("bad-value", origin, answer.size() + " answers about " + names.size() + " values");
        }
        Map<String, RegistryValue> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byte[] type = answer.get(2 * i);
            if (type.length > 0) {
                values.put(
                        names.get(i),
                        new RegistryValue(
                                (int) Long.parseLong(new String(type, StandardCharsets.US_ASCII)),
                                answer.get(2 * i + 1)));
            }
        }
        return values;
    }
}
