package dev.stemma.ontology.vocabulary;

import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.ResourceFactory;

/** The properties of the vocabulary that lead to an individual. */
public final class StemmaRelations {

    /** Where an image is kept. */
    public static final Property STORED_IN = relation("storedIn");

    /** What was found in an image, now or before. */
    public static final Property HAS_INVENTORY = relation("hasInventory");

    /** What was found in an image last: the inventory whose period has no end. */
    public static final Property CURRENT_INVENTORY = relation("currentInventory");

    /** From child to parent. */
    public static final Property DERIVED_FROM = relation("derivedFrom");

    /** What made it. */
    public static final Property GENERATED_BY = relation("generatedBy");

    /** What an activity worked on. */
    public static final Property USED = relation("used");

    /** Who did it. */
    public static final Property ASSOCIATED_WITH = relation("associatedWith");

    /** A disk of the image. */
    public static final Property HAS_VOLUME = relation("hasVolume");

    /** A partition of the disk. */
    public static final Property HAS_PARTITION = relation("hasPartition");

    /** The file system in a partition. */
    public static final Property HOLDS = relation("holds");

    /** The root directory. */
    public static final Property ROOT = relation("root");

    /** The operating system that was found. */
    public static final Property RUNS = relation("runs");

    /** A package that the package manager lists, whatever its state. */
    public static final Property INSTALLS = relation("installs");

    /** The package that this is a version of. */
    public static final Property VERSION_OF = relation("versionOf");

    /** Content that the package brought. */
    public static final Property OWNS = relation("owns");

    /** Something that was noticed. */
    public static final Property HAS_OBSERVATION = relation("hasObservation");

    /** A bucket that the inventory falls into. */
    public static final Property IN_BAND = relation("inBand");

    /** What lies in a directory. */
    public static final Property ENTRY = relation("entry");

    /** A part of a large directory. */
    public static final Property CHUNK = relation("chunk");

    /** The individual that stands for one hasInventory relationship. */
    public static final Property QUALIFIED_INVENTORY = relation("qualifiedInventory");

    /** The individual that stands for one derivedFrom relationship. */
    public static final Property QUALIFIED_DERIVATION = relation("qualifiedDerivation");

    /** The individual that stands for one hasVolume relationship. */
    public static final Property QUALIFIED_VOLUME = relation("qualifiedVolume");

    /** The individual that stands for one hasPartition relationship. */
    public static final Property QUALIFIED_PARTITION = relation("qualifiedPartition");

    /** The individual that stands for one root relationship. */
    public static final Property QUALIFIED_ROOT = relation("qualifiedRoot");

    /** The individual that stands for one installs relationship. */
    public static final Property QUALIFIED_INSTALLATION = relation("qualifiedInstallation");

    /** The individual that stands for one owns relationship. */
    public static final Property QUALIFIED_OWNERSHIP = relation("qualifiedOwnership");

    /** The individual that stands for one entry relationship. */
    public static final Property QUALIFIED_ENTRY = relation("qualifiedEntry");

    /** The individual that stands for one chunk relationship. */
    public static final Property QUALIFIED_CHUNK = relation("qualifiedChunk");

    /** From the individual that stands for a relationship to its end. */
    public static final Property REFERS_TO = relation("refersTo");

    private StemmaRelations() {}

    private static Property relation(String localName) {
        return ResourceFactory.createProperty(Stemma.term(localName));
    }
}
