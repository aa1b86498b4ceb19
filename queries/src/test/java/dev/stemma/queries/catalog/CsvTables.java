package dev.stemma.queries.catalog;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes and relationships of a graph as CSV files for Neo4j's importer, one for each label and type. Not thread-safe; close it before they are read. */
final class CsvTables implements Closeable {

    /** The files; columns as the importer wants them. Things of the Merkle graph share one space of numbers. */
    enum Table {
        REPOSITORY("Repository", ":ID(repository),id,name,kind,connector,uri"),
        IMAGE(
                "Image",
                ":ID(image),id,name,format,location,virtualBytes:long,allocatedBytes:long,modifiedAt:datetime,state,registeredAt:datetime"),
        ACTIVITY("Activity", ":ID(activity),id,kind,startedAt:datetime,endedAt:datetime"),
        INVENTORY(
                "Inventory",
                ":ID(inventory),id,level,sequence:long,manifest,entries:long,files:long,fileBytes:long,packages:long,analyzers:string[],committedAt:datetime"),
        VOLUME("Volume", ":ID(volume),id,virtualBytes:long,table"),
        PARTITION("Partition", ":ID(partition),id,number:long,offsetBytes:long,sizeBytes:long,type,bootable:boolean"),
        FILE_SYSTEM("FileSystem", ":ID(fs),id,type,uuid,sizeBytes:long,reader"),
        OPERATING_SYSTEM("OperatingSystem", ":ID(os),id,distribution,version,patchLevel,prettyName,architecture"),
        ROLE("Role", ":ID(role),id,name"),
        PACKAGE("Package", ":ID(package),id,name,ecosystem"),
        PACKAGE_VERSION("PackageVersion", ":ID(version),purl,version,architecture,owned:long"),
        PACKAGE_GROUP("PackageGroup", ":ID(group),id,packages:long"),
        DIRECTORY("Directory", ":ID(tree),id"),
        DIRECTORY_CHUNK("DirectoryChunk", ":ID(tree),id"),
        FILE("File", ":ID(tree),id,sizeBytes:long"),

        STORED_IN("STORED_IN", ":START_ID(image),:END_ID(repository)"),
        HAS_INVENTORY("HAS_INVENTORY", ":START_ID(image),:END_ID(inventory),observedAt:datetime,level,activity"),
        DERIVED_FROM("DERIVED_FROM", ":START_ID(image),:END_ID(image),kind,basis,since:datetime"),
        GENERATED_BY("GENERATED_BY", ":START_ID(image),:END_ID(activity)"),
        INDEXED_BY("GENERATED_BY", ":START_ID(inventory),:END_ID(activity)"),
        USED("USED", ":START_ID(activity),:END_ID(image)"),
        HAS_VOLUME("HAS_VOLUME", ":START_ID(inventory),:END_ID(volume),index:long"),
        HAS_PARTITION("HAS_PARTITION", ":START_ID(volume),:END_ID(partition),number:long"),
        HOLDS("HOLDS", ":START_ID(partition),:END_ID(fs)"),
        ROOT("ROOT", ":START_ID(fs),:END_ID(tree),mode:long,uid:long,gid:long"),
        RUNS("RUNS", ":START_ID(inventory),:END_ID(os)"),
        HAS_ROLE("HAS_ROLE", ":START_ID(inventory),:END_ID(role),analyzer,reasons:string[]"),
        HAS_PACKAGES("HAS_PACKAGES", ":START_ID(inventory),:END_ID(group),index:long"),
        INSTALLS("INSTALLS", ":START_ID(group),:END_ID(version),state,held:boolean,present:boolean"),
        VERSION_OF("VERSION_OF", ":START_ID(version),:END_ID(package)"),
        OWNS("OWNS", ":START_ID(version),:END_ID(tree),path,configuration:boolean"),
        ENTRY("ENTRY", ":START_ID(tree),:END_ID(tree),name,mode:long,uid:long,gid:long"),
        CHUNK("CHUNK", ":START_ID(tree),:END_ID(tree),index:long");

        private final String word;
        private final String header;

        Table(String word, String header) {
            this.word = word;
            this.header = header;
        }

        /** Whether it holds nodes. */
        boolean nodes() {
            return !header.startsWith(":START_ID");
        }
    }

    private final Path folder;
    private final Map<Table, BufferedWriter> writers = new EnumMap<>(Table.class);
    private final Map<Table, Integer> rows = new EnumMap<>(Table.class);

    CsvTables(Path folder) throws IOException {
        this.folder = folder;
        for (Table table : Table.values()) {
            BufferedWriter writer = Files.newBufferedWriter(file(table));
            writers.put(table, writer);
            writer.write(table.header + "\n");
        }
    }

    private Path file(Table table) {
        return folder.resolve(table.name() + ".csv");
    }

    /** Appends a row: texts, numbers, truth values, times; null for nothing. Returns how many the table had before: the number of a new node. */
    int row(Table table, @Nullable Object... values) {
        try {
            BufferedWriter writer = java.util.Objects.requireNonNull(writers.get(table));
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    writer.write(',');
                }
                Object value = values[i];
                if (value != null) {
                    writer.write(quoted(value.toString()));
                }
            }
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file(table), e);
        }
        return rows.merge(table, 1, Integer::sum) - 1;
    }

    private static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return '"' + text.replace("\"", "\"\"") + '"';
            }
        }
        return text;
    }

    int count(Table table) {
        return rows.getOrDefault(table, 0);
    }

    /** How many nodes, or relationships, there are. */
    long count(boolean nodes) {
        return rows.entrySet().stream()
                .filter(each -> each.getKey().nodes() == nodes)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What the importer is told; tables without rows are left out. */
    List<String> arguments() {
        return rows.keySet().stream()
                .map(table -> (table.nodes() ? "--nodes=" : "--relationships=") + table.word + "=" + file(table))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (BufferedWriter writer : writers.values()) {
            writer.close();
        }
    }
}
