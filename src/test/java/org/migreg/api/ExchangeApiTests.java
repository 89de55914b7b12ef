package org.migreg.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.migreg.api.RunningService.Answer;
import tools.jackson.databind.JsonNode;

/** Tables in QEMU's own language, over HTTP: into an empty registry, out of it, and into one that has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeApiTests {

    private static final String V1 = "/api/v1";
    private static final String SERIES = """
            #define KVM_REG_ARM_VENDOR_HYP_BMAP_2 0x6030000000160003
            #define TCR2 0x603000000013c103

            static GlobalProperty arm_virt_compat_10_2[] = {
                /* DBGDTRTX: Bogus register, listed by QEMU up to 10.2 */
                { TYPE_ARM_CPU, "x-mig-safe-missing-regs", "0x40200000200e0298" },
            };
            static const size_t arm_virt_compat_10_2_len = G_N_ELEMENTS(arm_virt_compat_10_2);

            static GlobalProperty arm_virt_compat_10_1[] = {
                /* from Linux 6.15 on */
                { TYPE_ARM_CPU, "x-mig-hidden-regs", stringify(KVM_REG_ARM_VENDOR_HYP_BMAP_2) },
                /* before Linux 6.13 */
                { TYPE_ARM_CPU, "x-mig-safe-missing-regs",
                  stringify(TCR2) ", 0x603000000013c512, " "0x603000000013c513" },
            };
            static const size_t arm_virt_compat_10_1_len = G_N_ELEMENTS(arm_virt_compat_10_1);

            static void virt_machine_10_2_options(MachineClass *mc)
            {
                compat_props_add(mc->compat_props, arm_virt_compat_10_2, arm_virt_compat_10_2_len);
            }
            static void virt_machine_10_1_options(MachineClass *mc)
            {
                virt_machine_10_2_options(mc);
                compat_props_add(mc->compat_props, arm_virt_compat_10_1, arm_virt_compat_10_1_len);
            }
            static void virt_machine_10_0_options(MachineClass *mc)
            {
                virt_machine_10_1_options(mc);
            }
            """;

    private RunningService empty;
    private RunningService other;
    private RunningService seeded;

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two, @TempDir Path three) {
        empty = new RunningService(one, "--migreg.seed=false");
        other = new RunningService(two, "--migreg.seed=false");
        seeded = new RunningService(three);
        assertThat(take(empty, SERIES, "").status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        empty.close();
        other.close();
        seeded.close();
    }

    private static Answer take(RunningService service, String text, String query, String... headers) {
        return service.send(service.request(V1 + "/tables/import" + query, headers)
                .header("Authorization", "Bearer " + service.token())
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private static String text(RunningService service, String machineType, String formAndQuery) {
        Answer answer = service.get(
                V1 + "/machine-types/" + machineType + "/renderings/" + formAndQuery, "Accept", "text/plain");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    private static int revision(RunningService service) {
        return service.get(V1 + "/revisions?limit=1000").json().size();
    }

    @Test
    void theSeriesComesInFromCAndGoesOutAsOneArrayForEachProperty() {
        assertThat(text(empty, "virt-10.0", "qemu-source")).isEqualTo("""
                static GlobalProperty arm_virt_compat_10_0[] = {
                    /*
                     * KVM_REG_ARM_VENDOR_HYP_BMAP_2: from Linux 6.15 on
                     */
                    { TYPE_ARM_CPU, "x-mig-hidden-regs",
                      "0x6030000000160003" },
                    /*
                     * DBGDTRTX: Bogus register, listed by QEMU up to 10.2
                     * TCR2_EL1: before Linux 6.13
                     * PIRE0_EL1: before Linux 6.13
                     * PIR_EL1: before Linux 6.13
                     */
                    { TYPE_ARM_CPU, "x-mig-safe-missing-regs",
                      "0x40200000200e0298, 0x603000000013c103, 0x603000000013c512, "
                      "0x603000000013c513" },
                };
                static const size_t arm_virt_compat_10_0_len =
                    G_N_ELEMENTS(arm_virt_compat_10_0);

                /*
                 * All that virt-10.0 needs: call it after the machine type's options, and
                 *   not from older machine types, since QEMU aborts where one of these
                 *   properties is set twice.
                 */
                static void virt_machine_10_0_mig_compat(MachineClass *mc)
                {
                    compat_props_add(mc->compat_props, arm_virt_compat_10_0,
                                     arm_virt_compat_10_0_len);
                }
                """);
        assertThat(text(empty, "virt-10.2", "global")).endsWith("""
                -machine virt-10.2 \\
                -global arm-cpu.x-mig-safe-missing-regs=0x40200000200e0298
                """);
    }

    @Test
    void aChainGoesOutComesInElsewhereAndIsTheSame() {
        String chain = text(empty, "virt-10.0", "qemu-source?scope=chain");
        assertThat(chain).contains("QEMU aborts where virt-10.0 sets it twice");
        assertThat(take(other, chain, "").status()).isEqualTo(200);
        assertThat(text(other, "virt-10.0", "qemu-source?scope=chain")).isEqualTo(chain);
        assertThat(text(other, "virt-10.0", "qemu-source")).isEqualTo(text(empty, "virt-10.0", "qemu-source"));
        assertThat(text(other, "virt-10.1", "tolerances")).isEqualTo(text(empty, "virt-10.1", "tolerances"));
    }

    @Test
    void whatEveryFormSaysOfAMachineTypeChangesNothingWhereItComesFrom() {
        long before = revision(seeded);
        for (String form : new String[] {
            "qemu-source",
            "qemu-source?scope=chain",
            "qemu-source?scope=own",
            "global",
            "global-long",
            "cpu",
            "libvirt-xml"
        }) {
            Answer answer = take(seeded, text(seeded, "virt-10.1", form), "");
            assertThat(answer.status()).as(form + answer.text()).isEqualTo(200);
            assertThat(answer.json().get("plan").get("changes").size()).as(form).isZero();
        }
        assertThat(revision(seeded)).isEqualTo(before);
    }

    @Test
    void anEntryThatIsThereKeepsItsKernelsReferencesAndRationale() {
        seeded.write("POST", V1 + "/machine-types", "{\"name\": \"virt-12.0\"}");
        seeded.write("POST", V1 + "/machine-types/virt-12.0/entries", """
                {"property": "x-mig-hidden-regs", "register": "KVM_REG_ARM_VENDOR_HYP_BMAP_2",
                 "kernels": {"stream": "upstream", "range": ">=6.16"}, "condition": null,
                 "rationale": "Exposed from 6.16 on.", "references": ["linux c0000e58c74e"]}""");
        String line = "-machine virt-12.0 -global arm-cpu.x-mig-hidden-regs=0x603000000013c4f6,0x6030000000160003";
        JsonNode dryRun = take(seeded, line, "?dryRun=true").json();
        assertThat(dryRun.get("form").asString()).isEqualTo("command-line");
        assertThat(dryRun.get("registersRead").asInt()).isEqualTo(2);
        assertThat(dryRun.get("plan").get("counts").get("added").asInt()).isEqualTo(1);
        assertThat(dryRun.get("plan").get("counts").get("changed").asInt()).isZero();
        assertThat(dryRun.get("warnings").toString()).contains("1 register has its entry already");

        JsonNode done = take(seeded, line, "", "X-Migreg-Author", "eva", "X-Migreg-Reason", "bug 12")
                .json();
        JsonNode revision = seeded.get(
                        V1 + "/revisions/" + done.get("plan").get("revision").asLong())
                .json();
        assertThat(revision.get("revision").get("author").asString()).isEqualTo("eva");
        assertThat(revision.get("revision").get("reason").asString()).isEqualTo("bug 12");
        String entries = seeded.get(V1 + "/machine-types/virt-12.0/entries").text();
        assertThat(entries).contains("linux c0000e58c74e", ">=6.16", "0x603000000013c4f6");
    }

    @Test
    void pruningRemovesWhatTheTextDoesNotSet() {
        take(seeded, "-machine virt-13.0 -global arm-cpu.x-mig-hidden-regs=0x603000000013c4f6,0x6030000000160003", "");
        String shorter = "-machine virt-13.0 -global arm-cpu.x-mig-hidden-regs=0x6030000000160003";
        assertThat(take(seeded, shorter, "").json().get("plan").get("changes").size())
                .isZero();
        JsonNode pruned = take(seeded, shorter, "?prune=true").json().get("plan");
        assertThat(pruned.get("counts").get("removed").asInt()).isEqualTo(1);
        assertThat(pruned.get("changes").get(0).get("registerName").asString()).isEqualTo("PMMIR_EL1");
    }

    @Test
    void aUnionWarnsWhereTheTableSaysSomethingElseOfAKernel() {
        JsonNode union =
                seeded.get(V1 + "/machine-types/virt-10.1/renderings/global").json();
        assertThat(union.get("kernelsFrom").asString()).isEqualTo("CAPTURED_HOSTS");
        assertThat(union.get("warnings").toString())
                .contains("KVM_REG_ARM_VENDOR_HYP_BMAP_2", "but the table does not set it on", "6.12.107+deb13-arm64");
        JsonNode one = seeded.get(V1 + "/machine-types/virt-10.1/renderings/global?kernel=6.16.3")
                .json();
        assertThat(one.get("kernelsFrom").asString()).isEqualTo("GIVEN");
        assertThat(one.get("warnings").size()).isZero();
        assertThat(one.get("text").asString()).contains("x-mig-hidden-regs=0x6030000000160003");
        JsonNode two = seeded.get(V1 + "/machine-types/virt-10.1/renderings/global?kernel=6.16.3&kernel=6.12.40")
                .json();
        assertThat(two.get("kernels").size()).isEqualTo(2);
        assertThat(two.get("warnings").toString()).contains("6.12.40");
        JsonNode then = seeded.get(V1 + "/machine-types/virt-10.1/renderings/global?kernel=6.16.3&revision=1")
                .json();
        assertThat(then.get("text").asString()).isEqualTo("-machine virt-10.1\n");
    }

    @Test
    void whatAFormCannotSayIsSaidBesideIt() {
        String calls = text(seeded, "virt-10.1", "tolerances?kernel=6.16.3");
        assertThat(calls)
                .contains("Not carried: x-mig-hidden-regs has no equivalent")
                .contains("arm_register_cpreg_mig_tolerance(cpu, ARM64_SYS_REG(3, 0, 2, 0, 3),");
        assertThat(text(seeded, "virt-10.1", "cpu?kernel=6.16.3&cpuModel=host,pmu=off"))
                .contains("-cpu host,pmu=off,x-mig-hidden-regs=0x6030000000160003")
                .contains("# Not carried: -cpu takes one number or range for each property: x-mig-safe-missing-regs");
    }

    @Test
    void whatCannotBeReadIsNamedWithLineAndColumn() {
        Answer refused = take(empty, SERIES.replace("0x603000000013c512", "0x60300z0000013c512"), "");
        assertThat(refused.problem()).isEqualTo("malformed-request");
        long lineOfIt = 1
                + SERIES.substring(0, SERIES.indexOf("0x603000000013c512"))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        assertThat(refused.json().get("line").asLong()).isEqualTo(lineOfIt);
        assertThat(refused.json().get("column").asInt()).isPositive();
        assertThat(refused.json().get("detail").asString()).contains("is not a number");
        assertThat(take(empty, "hello", "").json().get("field").asString()).isEqualTo("form");
        assertThat(take(empty, "-machine virt-10.1 -cpu host", "?machineType=virt-10.2")
                        .json()
                        .get("field")
                        .asString())
                .isEqualTo("machineType");
        assertThat(take(empty, "-machine virt -global arm-cpu.x-mig-hidden-regs=0x6030000000160003", "")
                        .json()
                        .get("detail")
                        .asString())
                .contains("virt is an alias");
        assertThat(empty.get(V1 + "/machine-types/virt-10.1/renderings/html").problem())
                .isEqualTo("invalid-field");
        assertThat(empty.get(V1 + "/machine-types/virt-1.0/renderings/cpu").problem())
                .isEqualTo("unknown-machine-type");
    }

    @Test
    void aConditionalGetSeesThatEntriesWereAdded() {
        seeded.write("POST", V1 + "/machine-types", "{\"name\": \"virt-14.0\"}");
        Answer before = seeded.get(V1 + "/machine-types/virt-14.0");
        assertThat(before.header("Content-Disposition")).isNull();
        assertThat(seeded.get(V1 + "/machine-types/virt-14.0", "If-None-Match", before.header("ETag"))
                        .status())
                .isEqualTo(304);
        take(seeded, "-machine virt-14.0 -global arm-cpu.x-mig-hidden-regs=0x6030000000160003", "");
        Answer after = seeded.get(V1 + "/machine-types/virt-14.0", "If-None-Match", before.header("ETag"));
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json().get("ownEntries").asInt()).isEqualTo(1);
        // The machine type itself is as it was: whoever read it may change it.
        assertThat(seeded.write(
                                "PUT",
                                V1 + "/machine-types/virt-14.0",
                                "{\"name\": \"virt-14.0\", \"description\": \"new\"}",
                                "If-Match",
                                before.header("ETag"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void codeIsReadOutOfMailAndPages() throws IOException {
        String code = Files.readString(Path.of("src/test/resources/field/tolerances.c"));
        for (String copied : List.of(
                code.lines().map(line -> "> > " + line).collect(Collectors.joining("\n")),
                code.replace(' ', '\u00a0'),
                "<pre>" + code.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;") + "</pre>",
                "```c\n" + code + "```\n")) {
            assertThat(take(seeded, copied, "?dryRun=true&machineType=virt-11.0")
                            .json()
                            .get("registersRead")
                            .asInt())
                    .as(copied)
                    .isEqualTo(4);
        }
        assertThat(take(
                                seeded,
                                "\u2013global \u201carm-cpu.x-mig-safe-missing-regs=0x603000000013c103\u201d",
                                "?dryRun=true&machineType=virt-11.0")
                        .json()
                        .get("registersRead")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void tolerancesComeInForTheMachineTypeThatIsSaidAndGoOutAsTheyCame() throws IOException {
        String ofQemu = Files.readString(Path.of("src/test/resources/field/tolerances.c"));
        assertThat(take(seeded, ofQemu, "?dryRun=true").json().get("detail").asString())
                .contains("these 4 as x-mig-safe-missing-regs")
                .doesNotContain("shell");
        JsonNode read =
                take(seeded, ofQemu, "?dryRun=true&machineType=virt-11.0").json();
        assertThat(read.get("form").asString()).isEqualTo("tolerances");
        assertThat(read.get("registersRead").asInt()).isEqualTo(4);
        JsonNode own = take(seeded, text(seeded, "virt-10.1", "tolerances?scope=merged"), "?dryRun=true")
                .json();
        assertThat(own.get("machineTypes").get(0).asString()).isEqualTo("virt-10.1");
        assertThat(own.get("plan").get("changes")).isEmpty();
        assertThat(take(seeded, ofQemu, "?dryRun=true&form=qemu-source")
                        .json()
                        .get("warnings")
                        .toString())
                .contains("form=tolerances takes these");
        assertThat(take(seeded, ofQemu, "?machineType=virt-11.0&prune=true").problem())
                .isEqualTo("invalid-field");
    }

    @Test
    void aPatchAddsAndRemovesWhatItsLinesDo() {
        String patch = """
                --- a/hw/arm/virt.c
                +++ b/hw/arm/virt.c
                @@ -9,3 +9,3 @@ static GlobalProperty arm_virt_compat_10_2[] = {
                -    { TYPE_ARM_CPU, "x-mig-safe-missing-regs", "0x40200000200e0298" },
                +    { TYPE_ARM_CPU, "x-mig-safe-missing-regs", "0x603000000013c4f6" },
                 };
                 static const size_t arm_virt_compat_10_2_len = G_N_ELEMENTS(arm_virt_compat_10_2);
                """;
        JsonNode taken = take(empty, patch, "?dryRun=true").json();
        assertThat(taken.get("form").asString()).isEqualTo("patch");
        assertThat(taken.get("registersRead").asInt()).isEqualTo(2);
        assertThat(taken.get("plan").get("changes").toString())
                .contains("0x603000000013c4f6", "0x40200000200e0298")
                .doesNotContain("0x603000000013c103");
        assertThat(taken.get("plan").get("changes")).hasSize(2);
        assertThat(take(empty, patch, "?prune=true").problem()).isEqualTo("invalid-field");
    }
}
