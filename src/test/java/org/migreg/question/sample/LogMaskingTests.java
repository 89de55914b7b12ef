package org.migreg.question.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migreg.property.Generator;
import org.migreg.property.Property;

class LogMaskingTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -uuid 4dea22b3-1d52-d8f3-2516-782e98ab3fa0 -smp 4 | -uuid UUID-1 -smp 4
            mac=52:54:00:6b:3c:58,bus=pci.1 | mac=MAC-1,bus=pci.1
            hwaddr 52-54-00-6b-3c-58 | hwaddr MAC-1
            connect to 10.0.7.23:49152: timed out | connect to IP-1:49152: timed out
            tcp:[2001:db8::17:4]:49152 | tcp:[IP-1]:49152
            fe80::5054:ff:fe6b:3c58%eth0 is gone | IP-1 is gone
            package: 7.el9, kernel: 5.14.0-570.el9.aarch64, hostname: host-a.corp | package: 7.el9, kernel: 5.14.0-570.el9.aarch64, hostname: HOST-1
            Nov  2 08:15:42 kvm07 libvirtd[1234]: failed on kvm07 | Nov  2 08:15:42 HOST-1 libvirtd[1234]: failed on HOST-1
            2026-11-02T08:15:42.123456+01:00 kvm07 qemu-kvm[77]: bad | 2026-11-02T08:15:42.123456+01:00 HOST-1 qemu-kvm[77]: bad
            qemu+ssh://ada@kvm07.lab.example/system | qemu+ssh://USER-1@HOST-1/system
            [ada@kvm07 ~]$ virsh migrate --live web01 qemu+tcp://kvm08/system | [USER-1@HOST-1 ~]$ virsh migrate --live GUEST-1 qemu+tcp://HOST-2/system
            -name guest=web01,debug-threads=on -pidfile /run/libvirt/qemu/3-web01.pid | -name guest=GUEST-1,debug-threads=on -pidfile /run/libvirt/qemu/GUEST-2.pid
            QEMU unexpectedly closed the monitor (vm='web01'): qemu-kvm: bad | QEMU unexpectedly closed the monitor (vm='GUEST-1'): qemu-kvm: bad
            /var/lib/libvirt/qemu/domain-3-web01/monitor.sock of web01 | /var/lib/libvirt/qemu/domain-3-GUEST-1/monitor.sock of GUEST-1
            file /home/ada/images/a.qcow2 is ada's | file /home/USER-1/images/a.qcow2 is USER-1's
            Domain 'web01' has been undefined, guest web01-old stays | Domain 'GUEST-1' has been undefined, guest GUEST-1-old stays
            ping kvm07.lab.example.com and KVM07 | ping HOST-1 and HOST-1
            """)
    void whoAndWhereItIsAboutBecomesWords(String line, String masked) {
        assertThat(LogMasking.masked(line)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            qemu-system-aarch64: Could not set register op0:3 op1:0 crn:0 crm:1 op2:1 to 11011 (is 10011011)
            qemu-kvm: Invalid value 258 expecting positive value <= 241
            2024-01-18T00:16:31.582070Z qemu-kvm: Missing section footer for 0000:00:01.3/piix4_pm
            qemu-kvm: error while loading state for instance 0x0 of device 'cpu'
            2026-11-02T08:15:42.123456Z qemu-kvm: load of migration failed: Invalid argument
            demuxed reg 602000000011000d in the incoming stream but unknown on the destination: fail migration
            kernel 6.12.0-124.8.1.el10_1.aarch64, QEMU 10.1.0-15.el10, virt-rhel9.6.0, libvirt 11.10.0
            -accel kvm -cpu host,pmu=off -machine virt-10.1,gic-version=3 -global arm-cpu.x-mig-hidden-regs=0x6030000000160003
            listening on 127.0.0.1 and [::1] as root at localhost
            """)
    void whatAFailureIsKnownByStays(String line) {
        assertThat(LogMasking.masked(line)).isEqualTo(line);
    }

    @Test
    void aRecordedLogSaysTheSameOfItsRegisters() throws IOException {
        String log = Files.readString(Path.of("src/test/resources/logs/kvm-migrations.txt"));
        assertThat(LogMasking.masked(log)).isEqualTo(log);
    }

    @Test
    void maskingTwiceChangesNothingMore() {
        Generator<String> part = Generator.of(
                "ada@kvm07 ",
                "guest=web01,",
                "10.0.7.23",
                " on kvm07\n",
                "Domain 'web 1' ",
                "(vm='x')",
                "hostname: a.example ",
                "52:54:00:6b:3c:58",
                "-name ",
                "op0:3 ",
                "://",
                "/home/",
                "'",
                "\n");
        Property.holds(1000, given -> {
            String once = LogMasking.masked(String.join("", given.any(part.list(0, 12))));
            assertThat(LogMasking.masked(once)).isEqualTo(once);
        });
    }
}
