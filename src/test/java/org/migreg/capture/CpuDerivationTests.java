package org.migreg.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.CpuOptions;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterNames;
import tools.jackson.databind.JsonNode;

/** Derived lists against those that real QEMU had with these options. */
class CpuDerivationTests {

    private static final RegisterId TIMER_COMPARE = RegisterNames.require("CNTV_CVAL_EL0");

    @Test
    void withoutPmuSveOrPointerAuthenticationTheListIsThatOfRealQemu() {
        Map<String, RegisterList> lists = new HashMap<>();
        for (JsonNode row : RecordedOutcomes.rows("kvm-ran-migration-register-lists")) {
            if (!row.get("guestRan").asBoolean()) {
                lists.put(
                        row.get("hostCpuModel").asString() + " "
                                + row.get("savedAs").asString(),
                        RecordedOutcomes.registers(row.get("registers")));
            }
        }
        int compared = 0;
        for (String kernel : List.of("6.1.0-50", "6.12.107+deb13", "6.18.15+deb13", "7.3.4+deb13")) {
            String savedAs = "neoverse-v1 " + kernel + "@q11-virt11.1-host_";
            for (String feature : List.of("pmu", "sve", "pauth")) {
                RegisterList derived = derived(
                        lists.get(savedAs + "psci1.1"),
                        "host,kvm-psci-version=1.1",
                        "host,kvm-psci-version=1.1," + feature + "=off",
                        kernel + "-arm64");
                assertThat(still(derived))
                        .as(kernel + " " + feature)
                        .isEqualTo(still(lists.get(savedAs + feature + "off")));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(12);
    }

    @Test
    void withoutPmuCapturesOfOtherProcessorsAreThoseThatKvmGives() {
        int compared = 0;
        for (String kernel : List.of("6.1.0-50", "6.12.107+deb13", "6.18.15+deb13", "7.3.4+deb13")) {
            for (String model : List.of("neoverse-n1", "neoverse-v1", "neoverse-n2", "max")) {
                String name = kernel + "-arm64__" + model + "__psci";
                RegisterList with = RecordedOutcomes.registers(
                        RecordedOutcomes.capture(name + "_pmu").get("registers"));
                RegisterList without = RecordedOutcomes.registers(
                        RecordedOutcomes.capture(name).get("registers"));
                assertThat(still(derived(with, "host", "host,pmu=off", kernel + "-arm64")))
                        .as(name)
                        .isEqualTo(still(without));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(16);
    }

    @Test
    void anOlderPsciVersionIsTheOneThatQemuSets() {
        Map<String, RegisterList> lists = RecordedOutcomes.lists("kvm-migration-register-lists");
        List<RegisterList> own = new ArrayList<>();
        List<RegisterList> older = new ArrayList<>();
        for (JsonNode row : RecordedOutcomes.rows("kvm-migration-register-lists")) {
            String savedAs = row.get("savedAs").asString();
            if (row.get("hostCpuModel").asString().equals("neoverse-n1") && savedAs.startsWith("6.18.15")) {
                RegisterList list = lists.get(row.get("list").asString());
                if (savedAs.endsWith("@q11-virt11.1-host")) {
                    own.add(list);
                } else if (savedAs.endsWith("@q11-virt11.1-host_psci1.1")) {
                    older.add(list);
                }
            }
        }
        assertThat(still(derived(own.getFirst(), "host", "host,kvm-psci-version=1.1", "6.18.15+deb13-arm64")))
                .isEqualTo(still(older.getFirst()));
    }

    @Test
    void whatDoesNotFollowIsNotKnown() {
        RegisterList list =
                RecordedOutcomes.registers(RecordedOutcomes.capture("6.12.107+deb13-arm64__neoverse-v1__qemu-host")
                        .get("registers"));
        for (String wanted : List.of(
                "cortex-a57",
                "host,aarch64=off",
                "host,sve128=on",
                "host,virtualization=on",
                "host,kvm-psci-version=9.0")) {
            assertThat(CpuDerivation.of(
                            list,
                            CpuOptions.HOST,
                            CpuOptions.parse(wanted),
                            KernelRelease.parse("6.12.107+deb13-arm64")))
                    .as(wanted)
                    .isInstanceOf(CpuDerivation.NotKnown.class);
        }
        for (String kernel : List.of("5.10.0-30-arm64", "5.14.0-503.el9.aarch64")) {
            assertThat(CpuDerivation.of(
                            list, CpuOptions.HOST, CpuOptions.parse("host,pmu=off"), KernelRelease.parse(kernel)))
                    .as(kernel + " lists the PMU for every guest, or may")
                    .isInstanceOf(CpuDerivation.NotKnown.class);
        }
        assertThat(CpuDerivation.of(
                        list,
                        CpuOptions.parse("host,pmu=off"),
                        CpuOptions.HOST,
                        KernelRelease.parse("6.12.107+deb13-arm64")))
                .isInstanceOf(CpuDerivation.NotKnown.class);
    }

    private static RegisterList derived(RegisterList from, String captured, String wanted, String kernel) {
        CpuDerivation derivation = CpuDerivation.of(
                from, CpuOptions.parse(captured), CpuOptions.parse(wanted), KernelRelease.parse(kernel));
        assertThat(derivation).isInstanceOf(CpuDerivation.Derived.class);
        return ((CpuDerivation.Derived) derivation).registers();
    }

    /** Registers with values, less those that count. */
    private static Map<RegisterId, Long> still(RegisterList list) {
        Map<RegisterId, Long> values = new TreeMap<>();
        for (int i = 0; i < list.size(); i++) {
            RegisterId id = list.registerAt(i);
            values.put(id, Capture.isCounter(id) || id.equals(TIMER_COMPARE) ? -1L : list.valueAt(i));
        }
        return values;
    }
}
