package org.migreg.format.tablefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ProposedTables;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.exchange.UnreadableTableException;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

class TableFileTests {

    private static final String YAML = """
            formatVersion: 1
            covers: "registry"
            machineTypes:
              - name: "virt-10.1"
                architecture: "aarch64"
                inheritsFrom: "virt-10.2"
                entries:
                  - property: "x-mig-hidden-regs"
                    register: "0x6030000000160003"
                    name: "KVM_REG_ARM_VENDOR_HYP_BMAP_2"
                    kernels:
                      stream: "upstream"
                      range: ">=6.15"
                    rationale: "KVM exposes it from 6.15 on."
                    references:
                      - "Linux c0000e58c74e"
                  - property: "x-mig-safe-missing-regs"
                    register: "0x603000000013c103"
                    name: "TCR2_EL1"
                    kernels:
                      stream: "upstream"
                      range: ">=6.13"
                    rationale: "Exposed unconditionally before 6.13."
                  - property: "x-mig-safe-missing-regs"
                    register: "0x603000000013c512"
                    name: "PIRE0_EL1"
                    kernels:
                      stream: "upstream"
                      range: ">=6.13"
                    rationale: "Exposed unconditionally before 6.13."
                  - property: "x-mig-safe-missing-regs"
                    register: "0x603000000013c513"
                    name: "PIR_EL1"
                    kernels:
                      stream: "upstream"
                      range: ">=6.13"
                    rationale: "Exposed unconditionally before 6.13."
              - name: "virt-10.2"
                architecture: "aarch64"
                inheritsFrom: "virt-11.0"
                description: "the last with DBGDTRTX"
                entries:
                  - property: "x-mig-safe-missing-regs"
                    register: "0x40200000200e0298"
                    name: "DBGDTRTX"
                    kernels:
                      stream: "any"
                      range: "*"
                    condition:
                      mask: "0xffffffffffffffff"
                      expected: "0x0"
                    rationale: |-
                      Bogus AArch32 register.
                      QEMU up to 11.0 lists it under TCG.
                    references:
                      - "QEMU 655659a74a36"
                      - "QEMU 4f2b82f604"
              - name: "virt-11.0"
                architecture: "aarch64"
                entries: []
            """;

    private static final String JSON_OF_ONE = """
            {
              "formatVersion": 1,
              "covers": "machineTypes",
              "machineTypes": [
                {
                  "name": "virt-10.2",
                  "architecture": "aarch64",
                  "inheritsFrom": "virt-11.0",
                  "description": "the last with DBGDTRTX",
                  "entries": [
                    {
                      "property": "x-mig-safe-missing-regs",
                      "register": "0x40200000200e0298",
                      "name": "DBGDTRTX",
                      "kernels": {
                        "stream": "any",
                        "range": "*"
                      },
                      "condition": {
                        "mask": "0xffffffffffffffff",
                        "expected": "0x0"
                      },
                      "rationale": "Bogus AArch32 register.\\nQEMU up to 11.0 lists it under TCG.",
                      "references": [
                        "QEMU 655659a74a36",
                        "QEMU 4f2b82f604"
                      ]
                    }
                  ]
                }
              ]
            }
            """;

    @Test
    void aWholeRegistryIsWrittenSoThatPeopleCanReadItsDifferences() {
        assertThat(TableFileWriter.write(ProposedTables.ofTheSeries(), TableFileFormat.YAML))
                .isEqualTo(YAML);
    }

    @Test
    void oneMachineTypeIsWrittenAsJson() {
        ProposedTable one = ProposedTable.of(ProposedTables.policies(ProposedTables.ofTheSeries()), "virt-10.2");
        assertThat(TableFileWriter.write(one, TableFileFormat.JSON)).isEqualTo(JSON_OF_ONE);
    }

    @Test
    void whatWasWrittenIsReadBack() {
        assertThat(TableFileReader.read(YAML, TableFileFormat.YAML)).isEqualTo(ProposedTables.ofTheSeries());
    }

    @Test
    void everyTableSurvivesItsFile() {
        Property.holds(100, given -> {
            ProposedTable table = given.any(tables());
            TableFileFormat format = given.any(Generator.of(TableFileFormat.class));
            assertThat(TableFileReader.read(TableFileWriter.write(table, format), format))
                    .isEqualTo(table);
        });
    }

    @Test
    void everyTableMeetsTheSchema() {
        Property.holds(100, given -> {
            ProposedTable table = given.any(tables());
            String text = TableFileWriter.write(table, TableFileFormat.JSON);
            assertThat(schema().validate(text, InputFormat.JSON)).isEmpty();
        });
    }

    @Test
    void anyTextIsReadOrRefusedWithAProblem() {
        Property.holds(200, given -> {
            String text = given.any(Generator.texts(0, 100));
            TableFileFormat format = given.any(Generator.of(TableFileFormat.class));
            assertReadOrRefused(text, format);
        });
    }

    @Test
    void aDamagedFileIsReadOrRefusedWithAProblem() {
        Property.holds(200, given -> {
            String text = given.any(damaged());
            assertReadOrRefused(text, TableFileFormat.YAML);
        });
    }

    private static void assertReadOrRefused(String text, TableFileFormat format) {
        try {
            assertThat(TableFileReader.read(text, format)).isNotNull();
        } catch (UnreadableTableException refused) {
            assertThat(refused.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
        }
    }

    private static Generator<ProposedTable> tables() {
        return ProposedTables.any();
    }

    private static Generator<String> damaged() {
        return given -> {
            int at = given.any(Generator.integers(0, YAML.length() - 1));
            String put = given.any(Generator.of("", "\"", "\n", " ", "*a", "&a ", "!!x ", "{", "- ", "\t", "0"));
            return YAML.substring(0, at) + put + YAML.substring(at + 1);
        };
    }

    @Test
    void theSampleInYamlMeetsTheSchema() {
        assertThat(schema().validate(YAML, InputFormat.YAML)).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheReaderRefuses() {
        for (String wrong : List.of(
                YAML.replace("rationale: \"KVM exposes it from 6.15 on.\"", "rationales: \"x\""),
                YAML.replace("\"0x603000000013c103\"", "\"\""),
                YAML.replace("\"x-mig-hidden-regs\"", "\"x-mig-hidden\""),
                YAML.replace("formatVersion: 1", "formatVersion: 2"),
                YAML.replace("stream: \"any\"", "stream: \"el\""))) {
            assertThat(wrong).isNotEqualTo(YAML);
            assertThat(schema().validate(wrong, InputFormat.YAML)).isNotEmpty();
            assertThatThrownBy(() -> TableFileReader.read(wrong, TableFileFormat.YAML))
                    .isInstanceOf(UnreadableTableException.class);
        }
    }

    @Test
    void anEntryWithoutKernelsIsForEveryHost() {
        ProposedTable table = TableFileReader.read("""
                formatVersion: 1
                machineTypes:
                  - name: virt-10.1
                    architecture: aarch64
                    entries:
                      - property: x-mig-hidden-regs
                        register: "0x6030000000160003"
                        rationale: not in old kernels
                """, TableFileFormat.YAML);
        assertThat(table.covers()).isEqualTo(ProposedTable.Covers.MACHINE_TYPES);
        assertThat(table.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.kernels()).isEqualTo(KernelRange.any()));
    }

    @Test
    void anUnknownFieldIsNamedWithLineAndColumn() {
        assertThat(problemsOf(YAML.replace("covers:", "cover:"), TableFileFormat.YAML))
                .containsExactly("line 2, column 1: /cover: the field 'cover' is not known here: the fields are"
                        + " formatVersion, covers, machineTypes");
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        String wrong = YAML.replace("range: \">=6.15\"", "range: \"6.15 and up\"")
                .replace("name: \"TCR2_EL1\"", "name: \"TCR_EL1\"")
                .replace("expected: \"0x0\"", "expected: 0")
                .replace("\"x-mig-hidden-regs\"", "\"x-mig-hide\"");
        assertThat(problemsOf(wrong, TableFileFormat.YAML))
                .containsExactly(
                        "line 8, column 19: /machineTypes/0/entries/0/property: 'x-mig-hide' is not a compat property:"
                                + " write x-mig-hidden-regs or x-mig-safe-missing-regs",
                        "line 13, column 18: /machineTypes/0/entries/0/kernels/range: kernel range, constraint at"
                                + " position 0: version in a kernel range \"6.15 and up\" is malformed at position 4:"
                                + " ' ' cannot occur here; right would be 6.13, 6.1.84 or 6.16-rc3",
                        "line 19, column 15: /machineTypes/0/entries/1/name: TCR_EL1 is 0x603000000013c102, but the"
                                + " register is 0x603000000013c103, TCR2_EL1: correct one of them",
                        "line 51, column 21: /machineTypes/1/entries/0/condition/expected: text is wanted here: put it"
                                + " in quotes");
    }

    @Test
    void aRegisterInDecimalIsRefused() {
        assertThat(problemsOf(
                        JSON_OF_ONE.replace("\"0x40200000200e0298\"", "4620693217682129560"), TableFileFormat.JSON))
                .containsExactly("line 13, column 23: /machineTypes/0/entries/0/register: 4620693217682129560 is a"
                        + " number here: write the register ID in hexadecimal and in quotes");
    }

    @Test
    void aFieldThatStandsTwiceIsRefused() {
        assertThat(problemsOf("{\"formatVersion\": 1,\n \"formatVersion\": 1}", TableFileFormat.JSON))
                .containsExactly("line 2, column 2: /formatVersion: the field stands here twice, first in line 1: leave"
                        + " one out");
        assertThat(problemsOf("formatVersion: 1\nformatVersion: 1\n", TableFileFormat.YAML))
                .containsExactly("line 2, column 14: the file is not well-formed YAML: Duplicate Object property"
                        + " \"formatVersion\"");
    }

    @Test
    void aliasesThatWouldGrowAreRefused() {
        String bomb = """
                formatVersion: 1
                a: &a ["x", "x"]
                b: &b [*a, *a]
                machineTypes: [*b, *b]
                """;
        assertThat(problemsOf(bomb, TableFileFormat.YAML))
                .singleElement()
                .asString()
                .startsWith("line 2, column 4: /a: YAML's anchors (&), aliases (*) and tags (!) are not read");
    }

    @Test
    void anEntryThatStandsTwiceIsRefusedWithBothLines() {
        String wrong = YAML.replace("0x603000000013c512", "0x603000000013c103").replace("PIRE0_EL1", "TCR2_EL1");
        assertThat(problemsOf(wrong, TableFileFormat.YAML))
                .containsExactly("line 24, column 9: /machineTypes/0/entries/2: the entry says the same as the one in"
                        + " line 17: leave one out");
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandEntriesAreWrittenAndReadBack(TableFileFormat format) {
        List<MachineType> machineTypes = new ArrayList<>();
        List<EntryContent> entries = new ArrayList<>();
        for (int m = 0; m < 20; m++) {
            machineTypes.add(new MachineType("virt-1." + m, "aarch64", null, ""));
            for (int r = 0; r < 500; r++) {
                entries.add(new EntryContent(
                                "virt-1." + m,
                                CompatProperty.HIDDEN_REGS,
                                new RegisterId(0x6030_0000_0013_0000L + r),
                                KernelRange.parse("upstream/>=6.13|<6.20"),
                                null,
                                "because " + "it is so ".repeat(30))
                        .withReferences(List.of("https://example.org/" + r)));
            }
        }
        ProposedTable table = new ProposedTable(ProposedTable.Covers.REGISTRY, machineTypes, entries);
        assertThat(TableFileReader.read(TableFileWriter.write(table, format), format))
                .isEqualTo(table);
    }

    private static List<String> problemsOf(String text, TableFileFormat format) {
        UnreadableTableException refused =
                catchThrowableOfType(UnreadableTableException.class, () -> TableFileReader.read(text, format));
        return refused.problems().stream()
                .map(UnreadableTableException.Problem::toString)
                .toList();
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("openapi/table-file.schema.json")));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
