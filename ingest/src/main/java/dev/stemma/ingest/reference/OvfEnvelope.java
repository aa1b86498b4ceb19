package dev.stemma.ingest.reference;

import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The envelope of an OVA that Stemma writes. Source: DMTF DSP0243, Open Virtualization Format 1.1. A version keeps disks and no virtual hardware, and a package without is none that a hypervisor takes: what stands here is
 * one processor, a gibibyte of memory and a controller for the disks, and an annotation says that it is made up.
 *
 * @param name of the virtual system
 * @param disks in their order
 */
record OvfEnvelope(String name, List<Disk> disks) {

    private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";
    private static final String RASD =
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
    private static final String VSSD = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
    private static final String STREAM_OPTIMIZED =
            "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";
    private static final int MEMORY_MIB = 1_024;

    /** CIM's numbers of resource types. */
    private static final int PROCESSOR = 3;

    private static final int MEMORY = 4;
    private static final int SCSI_CONTROLLER = 6;
    private static final int DISK = 17;

    OvfEnvelope {
        disks = List.copyOf(disks);
    }

    /**
     * A disk.
     *
     * @param file its name in the package
     * @param fileBytes of that file
     * @param capacityBytes as a guest sees it
     */
    record Disk(String file, long fileBytes, long capacityBytes) {}

    /** As UTF-8. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Envelope");
            xml.writeDefaultNamespace(OVF);
            xml.writeNamespace("ovf", OVF);
            xml.writeNamespace("rasd", RASD);
            xml.writeNamespace("vssd", VSSD);
            files(xml);
            system(xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    private void files(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("References");
        for (int i = 0; i < disks.size(); i++) {
            xml.writeEmptyElement("File");
            attribute(xml, "id", "file" + (i + 1));
            attribute(xml, "href", disks.get(i).file());
            attribute(xml, "size", Long.toString(disks.get(i).fileBytes()));
        }
        xml.writeEndElement();
        xml.writeStartElement("DiskSection");
        text(xml, "Info", "The disks of the version, each as a guest sees it.");
        for (int i = 0; i < disks.size(); i++) {
            xml.writeEmptyElement("Disk");
            attribute(xml, "diskId", "disk" + (i + 1));
            attribute(xml, "fileRef", "file" + (i + 1));
            attribute(xml, "capacity", Long.toString(disks.get(i).capacityBytes()));
            attribute(xml, "capacityAllocationUnits", "byte");
            attribute(xml, "format", STREAM_OPTIMIZED);
        }
        xml.writeEndElement();
    }

    private void system(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("VirtualSystem");
        attribute(xml, "id", name);
        text(xml, "Info", "A version out of Stemma.");
        text(xml, "Name", name);
        xml.writeStartElement("AnnotationSection");
        text(xml, "Info", "What is not known");
        text(
                xml,
                "Annotation",
                "The virtual hardware is not recorded with a version. The processor, memory and controller that stand here are made up.");
        xml.writeEndElement();
        xml.writeStartElement("OperatingSystemSection");
        attribute(xml, "id", "1");
        text(xml, "Info", "Not stated");
        xml.writeEndElement();
        xml.writeStartElement("VirtualHardwareSection");
        text(xml, "Info", "Made up");
        xml.writeStartElement("System");
        text(xml, VSSD, "ElementName", "Virtual Hardware Family");
        text(xml, VSSD, "InstanceID", "0");
        text(xml, VSSD, "VirtualSystemType", "vmx-07");
        xml.writeEndElement();
        item(xml, 1, PROCESSOR, "1 virtual CPU", "VirtualQuantity", "1");
        item(xml, 2, MEMORY, MEMORY_MIB + " MiB of memory", "VirtualQuantity", Integer.toString(MEMORY_MIB));
        item(xml, 3, SCSI_CONTROLLER, "SCSI controller", "ResourceSubType", "lsilogic");
        for (int i = 0; i < disks.size(); i++) {
            item(xml, 4 + i, DISK, "Disk " + (i + 1), "HostResource", "ovf:/disk/disk" + (i + 1));
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    /** The members of an item stand in the order of the alphabet, as the schema wants. */
    private static void item(XMLStreamWriter xml, int id, int type, String title, String member, String value)
            throws XMLStreamException {
        xml.writeStartElement("Item");
        if (type == DISK) {
            text(xml, RASD, "AddressOnParent", Integer.toString(id - 4));
        }
        if (type == MEMORY) {
            text(xml, RASD, "AllocationUnits", "byte * 2^20");
        }
        text(xml, RASD, "ElementName", title);
        if (type == DISK) {
            text(xml, RASD, member, value);
        }
        text(xml, RASD, "InstanceID", Integer.toString(id));
        if (type == DISK) {
            text(xml, RASD, "Parent", "3");
        }
        if (type == SCSI_CONTROLLER) {
            text(xml, RASD, member, value);
        }
        text(xml, RASD, "ResourceType", Integer.toString(type));
        if (type == PROCESSOR || type == MEMORY) {
            text(xml, RASD, member, value);
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute("ovf", OVF, name, value);
    }

    private static void text(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String namespace, String name, String value)
            throws XMLStreamException {
        xml.writeStartElement(namespace.equals(RASD) ? "rasd" : "vssd", name, namespace);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }
}
