package org.migreg.format.libvirtxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.PolicyUnion.Scope;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.PropertyValue;
import org.migreg.policy.exchange.Rendering;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class DomainXmlTests {

    private static final String RENDERED = """
            <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
              <os>
                <type arch='aarch64' machine='virt-10.1'>hvm</type>
              </os>
              <qemu:commandline>
                <qemu:arg value='-global'/>
                <qemu:arg value='arm-cpu.x-mig-hidden-regs=0x6030000000160003'/>
                <qemu:arg value='-global'/>
                <qemu:arg value='arm-cpu.x-mig-safe-missing-regs=0x40200000200e0298,0x603000000013c103,0x603000000013c512,0x603000000013c513'/>
              </qemu:commandline>
            </domain>
            """;

    private static final String DOMAIN = """
            <?xml version='1.0' encoding='UTF-8'?>
            <domain type='kvm' id='3' xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
              <name>guest &amp; co</name>
              <os>
                <type arch='aarch64' machine='virt-rhel9.6.0'>hvm</type>
              </os>
              <cpu mode='custom' match='exact'>
                <model fallback='forbid'>neoverse-n1</model>
              </cpu>
              <devices>
                <emulator>/usr/libexec/qemu-kvm</emulator>
                <interface type='user'><model type='virtio'/></interface>
              </devices>
              <q:commandline>
                <q:arg value='-global'/>
                <q:arg value='driver=arm-cpu,property=x-mig-hidden-regs,value=0x6030000000160003,,0x603000000013c4f6'/>
                <q:env name='A' value='b'/>
              </q:commandline>
            </domain>
            """;

    @Test
    void aPolicyIsHandedToQemu() {
        Rendering rendering = DomainXmlWriter.write(PolicyUnion.ofAllEntries(
                ProposedTables.policies(ProposedTables.ofTheSeries()), "virt-10.1", Scope.MERGED));
        assertThat(rendering.text()).isEqualTo(RENDERED);
        assertThat(rendering.notCarried())
                .contains(
                        "<qemu:override> cannot set these properties, since CPUs have no alias; libvirt marks a domain"
                                + " with <qemu:commandline> as tainted");
    }

    @Test
    void aDomainIsRead() {
        DomainReading read = DomainXmlReader.read(DOMAIN);
        assertThat(read.domain().name()).isEqualTo("guest & co");
        assertThat(read.domain().machineType()).isEqualTo("virt-rhel9.6.0");
        assertThat(read.domain().cpuMode()).isEqualTo("custom");
        assertThat(read.domain().cpuModel()).isEqualTo("neoverse-n1");
        assertThat(read.domain().emulator()).isEqualTo("/usr/libexec/qemu-kvm");
        assertThat(read.toImport(null).table().entriesOf("virt-rhel9.6.0"))
                .extracting(entry -> entry.property() + " " + entry.register().name())
                .containsExactly("x-mig-hidden-regs PMMIR_EL1", "x-mig-hidden-regs KVM_REG_ARM_VENDOR_HYP_BMAP_2");
    }

    @Test
    void theNewestMachineTypesAliasNeedsItsName() {
        DomainReading read = DomainXmlReader.read(DOMAIN.replace("virt-rhel9.6.0", "virt"));
        assertThat(catchThrowableOfType(UnreadableTableException.class, () -> read.toImport(null)))
                .hasMessageContaining("virt is an alias of the QEMU's newest machine type");
        assertThat(read.toImport("virt-rhel9.8.0").table().entriesOf("virt-rhel9.8.0"))
                .hasSize(2);
    }

    @Test
    void anEntityCannotReachAFile() {
        assertThat(problem("""
                <!DOCTYPE domain [<!ENTITY e SYSTEM "file:///etc/passwd">]>
                <domain><name>&e;</name></domain>
                """)).contains("a document type declaration has no place in a domain: leave it out");
    }

    @Test
    void whatLibvirtOrQemuWouldNotTakeIsRefusedWithItsLine() {
        assertThat(problem(DOMAIN.replace("0x603000000013c4f6'", "0x603000000013c4f6 '")))
                .startsWith("line 16, column ")
                .endsWith(
                        "at position 86 of this argument: a blank at the end of the value is refused by QEMU: leave it out");
        assertThat(problem(DOMAIN.replace("xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'", "xmlns:q='urn:q'")))
                .contains("libvirt passes over this element, which is not in its QEMU namespace");
        assertThat(problem(DOMAIN.replace(
                        "<q:env name='A' value='b'/>",
                        "<q:arg value='-global'/><q:arg" + " value='arm-cpu.x-mig-hidden-regs=0x1'/>")))
                .contains("x-mig-hidden-regs is set twice");
        assertThat(problem(DOMAIN.replace(
                        "</q:commandline>",
                        "</q:commandline><q:override><q:device alias='cpu0'>"
                                + "<q:frontend><q:property name='x-mig-hidden-regs' type='string' value='0x1'/></q:frontend>"
                                + "</q:device></q:override>")))
                .contains("qemu:override sets properties of devices that have an alias, and CPUs have none");
        assertThat(problem("<network/>")).contains("there is no <domain> in this XML");
        assertThat(problem("<domain>")).contains("the text is not well-formed XML");
        assertThat(problem("")).contains("the text is not well-formed XML");
    }

    @Test
    void aDomainInsideAnotherDocumentIsRead() {
        assertThat(DomainXmlReader.read("<domstatus state='running'>" + RENDERED + "</domstatus>")
                        .domain()
                        .machineType())
                .isEqualTo("virt-10.1");
    }

    @Test
    void everyPolicyComesBack() {
        Property.holds(100, given -> {
            ProposedTable table = given.any(tables());
            PolicyUnion union = PolicyUnion.ofAllEntries(ProposedTables.policies(table), "virt-9.0", Scope.MERGED);
            DomainReading read =
                    DomainXmlReader.read(DomainXmlWriter.write(union).text());
            for (CompatProperty property : CompatProperty.values()) {
                assertThat(read.arguments()
                                .values()
                                .getOrDefault(property, PropertyValue.of(List.of()))
                                .registers())
                        .isEqualTo(union.registers(property));
            }
        });
    }

    @Test
    void aDamagedDomainIsReadOrRefused() {
        Property.holds(300, given -> {
            String text = given.any(damaged());
            try {
                assertThat(DomainXmlReader.read(text)).isNotNull();
            } catch (UnreadableTableException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        });
    }

    private static Generator<ProposedTable> tables() {
        return ProposedTables.any();
    }

    private static Generator<String> damaged() {
        return given -> {
            int at = given.any(Generator.integers(0, DOMAIN.length() - 1));
            String put = given.any(Generator.of("", "<", ">", "'", "&", "/", "\u0000", "]]>", "<domain>"));
            return DOMAIN.substring(0, at) + put + DOMAIN.substring(at + 1);
        };
    }

    private static String problem(String text) {
        return catchThrowableOfType(UnreadableTableException.class, () -> DomainXmlReader.read(text))
                .getMessage();
    }
}
