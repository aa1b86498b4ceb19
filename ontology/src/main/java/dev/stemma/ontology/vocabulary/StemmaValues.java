package dev.stemma.ontology.vocabulary;

import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.ResourceFactory;

/** The properties of the vocabulary that lead to a value. */
public final class StemmaValues {

    /** What names it among its kind. */
    public static final Property ID = value("id");

    /** What people call it. */
    public static final Property NAME = value("name");

    /** Which kind of its class it is. */
    public static final Property KIND = value("kind");

    /** How the repository is reached. */
    public static final Property CONNECTOR = value("connector");

    /** Where the repository is. */
    public static final Property URI = value("uri");

    /** What people say of it. */
    public static final Property DESCRIPTION = value("description");

    /** Disk format: raw, qcow2. */
    public static final Property FORMAT = value("format");

    /** Absolute path of the file. */
    public static final Property LOCATION = value("location");

    /** Size that a guest sees, in bytes. */
    public static final Property VIRTUAL_BYTES = value("virtualBytes");

    /** Size that the file takes on its disk, in bytes. */
    public static final Property ALLOCATED_BYTES = value("allocatedBytes");

    /** When the file was last written. */
    public static final Property MODIFIED_AT = value("modifiedAt");

    /** ACTIVE, or MISSING when the file is gone. */
    public static final Property STATE = value("state");

    /** When the library first saw it. */
    public static final Property REGISTERED_AT = value("registeredAt");

    /** When it began. */
    public static final Property STARTED_AT = value("startedAt");

    /** When it ended. */
    public static final Property ENDED_AT = value("endedAt");

    /** What it was told, as JSON text. */
    public static final Property PARAMETERS = value("parameters");

    /** How deep the image was read: basic or full. */
    public static final Property LEVEL = value("level");

    /** Position in the order of first commit, from 1. */
    public static final Property SEQUENCE = value("sequence");

    /** Digest of the full record of all entries. */
    public static final Property MANIFEST = value("manifest");

    /** How many names were found. */
    public static final Property ENTRIES = value("entries");

    /** How many regular files were found. */
    public static final Property FILES = value("files");

    /** Size of all regular files, in bytes. */
    public static final Property FILE_BYTES = value("fileBytes");

    /** How many packages were found. */
    public static final Property PACKAGES = value("packages");

    /** A reader or analyzer with its version; one triple each. */
    public static final Property ANALYZERS = value("analyzers");

    /** When it became visible. */
    public static final Property COMMITTED_AT = value("committedAt");

    /** Kind of partition table: gpt, mbr, none. */
    public static final Property TABLE = value("table");

    /** Number in the partition table. */
    public static final Property NUMBER = value("number");

    /** Where it starts in its volume, in bytes. */
    public static final Property OFFSET_BYTES = value("offsetBytes");

    /** Size in bytes. */
    public static final Property SIZE_BYTES = value("sizeBytes");

    /** Type as the format names it. */
    public static final Property TYPE = value("type");

    /** Universally unique identifier, as blkid prints it. */
    public static final Property UUID = value("uuid");

    /** Whether it is marked bootable. */
    public static final Property BOOTABLE = value("bootable");

    /** Volume label. */
    public static final Property LABEL = value("label");

    /** When the file system was made. */
    public static final Property CREATED_AT = value("createdAt");

    /** Of its size in use, in bytes. */
    public static final Property USED_BYTES = value("usedBytes");

    /** Which way it was read: java or guestfs. */
    public static final Property READER = value("reader");

    /** Distribution: debian, ubuntu. */
    public static final Property DISTRIBUTION = value("distribution");

    /** Version as the guest prints it. */
    public static final Property VERSION = value("version");

    /** Point release, where the guest says it. */
    public static final Property PATCH_LEVEL = value("patchLevel");

    /** Name for people. */
    public static final Property PRETTY_NAME = value("prettyName");

    /** Processor architecture as the guest prints it. */
    public static final Property ARCHITECTURE = value("architecture");

    /** Package URL. */
    public static final Property PURL = value("purl");

    /** Source package, where it differs. */
    public static final Property SOURCE = value("source");

    /** Version of the source package, where it differs. */
    public static final Property SOURCE_VERSION = value("sourceVersion");

    /** How many paths it owns; there when all of them are. */
    public static final Property OWNED = value("owned");

    /** Type of its package URL: deb, rpm, apk. */
    public static final Property ECOSYSTEM = value("ecosystem");

    /** Stable word for what was noticed. */
    public static final Property CODE = value("code");

    /** NOTE, PARTIAL or MISSING. */
    public static final Property SEVERITY = value("severity");

    /** The place, from the outside in. */
    public static final Property WHERE = value("where");

    /** One sentence for a person. */
    public static final Property MESSAGE = value("message");

    /** What to do about it. */
    public static final Property REMEDY = value("remedy");

    /** Reader or analyzer with its version. */
    public static final Property BY = value("by");

    /** Where it points, as the guest wrote it. */
    public static final Property TARGET = value("target");

    /** Major number. */
    public static final Property MAJOR = value("major");

    /** Minor number. */
    public static final Property MINOR = value("minor");

    /** When the inventory was first seen in the image. */
    public static final Property OBSERVED_AT = value("observedAt");

    /** Level of the index run. */
    public static final Property OBSERVED_LEVEL = value("observedLevel");

    /** When another took its place; absent while it is the current one. */
    public static final Property UNTIL = value("until");

    /** Id of the index run. */
    public static final Property ACTIVITY = value("activity");

    /** backing-file, copy, deployment and others. */
    public static final Property DERIVATION_KIND = value("derivationKind");

    /** RECORDED, OBSERVED or INFERRED. */
    public static final Property BASIS = value("basis");

    /** 0 to 1; of inferred derivations only. */
    public static final Property CONFIDENCE = value("confidence");

    /** Why it is believed. */
    public static final Property EVIDENCE = value("evidence");

    /** From when on. */
    public static final Property SINCE = value("since");

    /** Position, from 0. */
    public static final Property INDEX = value("index");

    /** Number in the table. */
    public static final Property PARTITION_NUMBER = value("partitionNumber");

    /** Which of the systems on an image, from 0. */
    public static final Property GUEST_INDEX = value("guestIndex");

    /** Which of the disks of an image, from 0. */
    public static final Property VOLUME_INDEX = value("volumeIndex");

    /** Number of the partition that holds what is mounted. */
    public static final Property MOUNTED_PARTITION = value("mountedPartition");

    /** Permission bits with set-id and sticky bits, 0 to 4095. */
    public static final Property MODE = value("mode");

    /** Numeric owner in the guest. */
    public static final Property UID = value("uid");

    /** Numeric group in the guest. */
    public static final Property GID = value("gid");

    /** An extended attribute as name=base64; one triple each. */
    public static final Property XATTRS = value("xattrs");

    /** The package manager's word for its state. */
    public static final Property INSTALL_STATE = value("installState");

    /** Whether it is held at its version. */
    public static final Property HELD = value("held");

    /** Whether its files are there. */
    public static final Property PRESENT = value("present");

    /** A place where it was found, inside the guest. */
    public static final Property LOCATIONS = value("locations");

    /** Where it lies. */
    public static final Property PATH = value("path");

    /** The package's own checksum. */
    public static final Property MD5 = value("md5");

    /** The package's own checksum where it is no MD5, with its algorithm. */
    public static final Property CHECKSUM = value("checksum");

    /** Whether it is configuration. */
    public static final Property CONFIGURATION = value("configuration");

    /** The name, escaped where it is not printable. */
    public static final Property ENTRY_NAME = value("entryName");

    /** uefi, bios; one triple each. */
    public static final Property FIRMWARE = value("firmware");

    /** A boot loader; one triple each. */
    public static final Property BOOT_LOADERS = value("bootLoaders");

    /** Why firmware or boot loader is believed; one triple each. */
    public static final Property BOOT_EVIDENCE = value("bootEvidence");

    /** Path of the kernel that starts unless somebody chooses. */
    public static final Property DEFAULT_KERNEL = value("defaultKernel");

    /** Its command line, secrets redacted. */
    public static final Property COMMAND_LINE = value("commandLine");

    /** systemd, sysvinit, openrc, busybox, runit. */
    public static final Property INIT_SYSTEM = value("initSystem");

    /** What the init system brings the machine up to. */
    public static final Property DEFAULT_TARGET = value("defaultTarget");

    /** Version as uname -r says it. */
    public static final Property KERNEL_VERSION = value("kernelVersion");

    /** Path of the file that says so. */
    public static final Property FILE = value("file");

    /** Path of the initial file system. */
    public static final Property INITRD = value("initrd");

    /** When, as cron or systemd writes it. */
    public static final Property SCHEDULE = value("schedule");

    /** The account that it runs as. */
    public static final Property RUNS_AS = value("runsAs");

    /** What is run, without arguments. */
    public static final Property PROGRAM = value("program");

    /** What the machine calls itself. */
    public static final Property HOST_NAME = value("hostName");

    /** Its machine id, 32 hexadecimal digits. */
    public static final Property MACHINE_ID = value("machineId");

    /** set, empty, uninitialized, absent or malformed. */
    public static final Property MACHINE_ID_STATE = value("machineIdState");

    /** Where cloud-init got its data. */
    public static final Property CLOUD_DATASOURCE = value("cloudDatasource");

    /** The instance id that cloud-init last saw. */
    public static final Property CLOUD_INSTANCE = value("cloudInstance");

    /** Number of the user. */
    public static final Property USER_ID = value("userId");

    /** Number of the group. */
    public static final Property GROUP_ID = value("groupId");

    /** Home directory. */
    public static final Property HOME = value("home");

    /** Login shell. */
    public static final Property SHELL = value("shell");

    /** set, locked, empty or unknown; never the hash. */
    public static final Property PASSWORD = value("password");

    /** A member beside those whose first group it is; one triple each. */
    public static final Property MEMBERS = value("members");

    /** ssh-ed25519, ssh-rsa and others. */
    public static final Property KEY_TYPE = value("keyType");

    /** Length of the key; 0 when unknown. */
    public static final Property BITS = value("bits");

    /** Whom it names. */
    public static final Property SUBJECT = value("subject");

    /** Who signed it. */
    public static final Property ISSUER = value("issuer");

    /** Serial number in hexadecimal. */
    public static final Property SERIAL = value("serial");

    /** When it becomes valid. */
    public static final Property NOT_BEFORE = value("notBefore");

    /** When it expires. */
    public static final Property NOT_AFTER = value("notAfter");

    /** openssh, pkcs8, rsa, ec, dsa. */
    public static final Property KEY_FORMAT = value("keyFormat");

    /** Whether a passphrase protects it. */
    public static final Property ENCRYPTED = value("encrypted");

    /** Of its public part, where that is in the clear. */
    public static final Property FINGERPRINT = value("fingerprint");

    /** dhcp, static, manual and others. */
    public static final Property METHOD = value("method");

    /** An address with its prefix length; one triple each. */
    public static final Property ADDRESSES = value("addresses");

    /** Which tool is configured so. */
    public static final Property CONFIGURED_BY = value("configuredBy");

    /** The address, where not all. */
    public static final Property ADDRESS = value("address");

    /** The port. */
    public static final Property PORT = value("port");

    /** A target, run level or alias that starts it; one triple each. */
    public static final Property STARTED_BY = value("startedBy");

    /** Whom the key lets in as. */
    public static final Property ACCOUNT = value("account");

    /** What is written beside the key. */
    public static final Property COMMENT = value("comment");

    /** What told it, with its version. */
    public static final Property ANALYZER = value("analyzer");

    /** Why, in a sentence; one triple each. */
    public static final Property REASONS = value("reasons");

    /** Digest of the image manifest of a version in the content store. */
    public static final Property CONTENT = value("content");

    /** Who checked a version in. */
    public static final Property AUTHOR = value("author");

    /** When a version was checked in. */
    public static final Property CHECKED_IN_AT = value("checkedInAt");

    /** When the state of a version, or what points to it, was changed last. */
    public static final Property STATE_CHANGED_AT = value("stateChangedAt");

    /** When a version was deleted. */
    public static final Property DELETED_AT = value("deletedAt");

    /** When the bytes of a deleted version were let go of. */
    public static final Property COLLECTED_AT = value("collectedAt");

    /** When something else was put where it lay. */
    public static final Property REPLACED_AT = value("replacedAt");

    /** Where it lay before that. */
    public static final Property FORMER_LOCATION = value("formerLocation");

    /** Whether a machine runs, as its manager says. */
    public static final Property POWER_STATE = value("powerState");

    /** How many branches a version has. */
    public static final Property BRANCHES = value("branches");

    /** When a version was put on the chain last, or taken from it. */
    public static final Property CHANGED_AT = value("changedAt");

    /** Ordinal of the last version that was put on the chain. */
    public static final Property LAST = value("last");

    /** The number of a version in its chain: 1.2. */
    public static final Property VERSION_NUMBER = value("versionNumber");

    /** Which version of the chain it is, from 1. */
    public static final Property ORDINAL = value("ordinal");

    /** Which branch of the version it is, from 1. */
    public static final Property BRANCH_NUMBER = value("branchNumber");

    /** What a record said before. */
    public static final Property FROM = value("from");

    /** What a record says since. */
    public static final Property TO = value("to");

    private StemmaValues() {}

    private static Property value(String localName) {
        return ResourceFactory.createProperty(Stemma.term(localName));
    }
}
