package org.migreg.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.HostName;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.evaluation.Assumption;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Severity;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hoststore.HostDetails;
import org.migreg.hoststore.HostSighting;
import org.migreg.hoststore.HostStore;
import org.migreg.hoststore.StoredHost;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.question.side.SideSaid;
import org.springframework.stereotype.Component;

/** What is recorded of a host or a capture, for a question about it: its QEMU, and whether a host's record still holds. */
@Component
public class HostQuestions {

    private final HostStore hosts;
    private final CaptureStore captures;
    private final FleetSettings settings;

    HostQuestions(HostStore hosts, CaptureStore captures, FleetSettings settings) {
        this.hosts = hosts;
        this.captures = captures;
        this.settings = settings;
    }

    /** The kernel that a host of this name has in its record; null for a name that no recorded host has, in full or to the first dot. */
    public @Nullable KernelRelease kernelOf(String name) {
        HostName wanted;
        try {
            wanted = HostName.parseLenient(name);
        } catch (IllegalArgumentException noName) {
            return null;
        }
        List<StoredHost> found = hosts.byName(wanted)
                .map(List::of)
                .orElseGet(() -> hosts.matching(host -> shortName(host.name()).equals(shortName(wanted))));
        if (found.size() != 1) {
            return null;
        }
        return captures.byId(found.getFirst().capture())
                .map(stored -> stored.capture().kernel())
                .orElse(null);
    }

    private static String shortName(HostName name) {
        int dot = name.text().indexOf('.');
        return dot < 0 ? name.text() : name.text().substring(0, dot);
    }

    /**
     * A host as a side of a move.
     *
     * @param behaviour what its QEMU does; where that is not known that of the tables' builds, with a doubt in {@code said}
     * @param xMigProperties whether its QEMU carries the properties
     */
    public record HostSide(LoadBehaviour behaviour, boolean xMigProperties, SideSaid said) {}

    /** @param qemuIsSaid whether the question says what the QEMU there does, so that nothing need be known of it */
    public HostSide side(StoredHost host, boolean qemuIsSaid) {
        HostDetails details = host.details();
        Capture capture =
                captures.byId(host.capture()).map(StoredCapture::capture).orElse(null);
        SideSaid said = new SideSaid(details.cpu(), recorded(details, capture), List.of(), List.of());
        String stale = whyStale(host, capture);
        if (stale != null) {
            said = said.withDoubt(Finding.of(FindingKind.STALE_HOST, Severity.UNKNOWN, stale));
        }
        return qemuIsSaid ? ofTables(said) : qemu(host, details, said);
    }

    private static HostSide ofTables(SideSaid said) {
        return new HostSide(new LoadBehaviour.XMigProperties(), true, said);
    }

    private static @Nullable QemuVersion recorded(HostDetails details, @Nullable Capture capture) {
        return details.qemu() != null || capture == null ? details.qemu() : capture.qemu();
    }

    private HostSide qemu(StoredHost host, HostDetails details, SideSaid said) {
        if (Objects.equals(details.xMigProperties(), true)) {
            return ofTables(said);
        }
        if (said.qemu() != null) {
            return ofVersion("host " + host.name(), said.qemu(), said);
        }
        String assumed = settings.assumeQemu();
        if (assumed == null) {
            return ofTables(said.withDoubt(unknown("Nobody recorded which QEMU the host " + host.name()
                    + " runs: record it with the host ('qemu'), give what it does with the question, or set"
                    + " migreg.assume-qemu to what the fleet runs. Findings are those of a build that the tables are"
                    + " written for.")));
        }
        SideSaid assuming = said.assuming(new Assumption(
                Assumption.Code.QEMU_OF_SETTING,
                "Nobody recorded which QEMU the host " + host.name() + " runs: that of the setting migreg.assume-qemu, "
                        + assumed + ", is assumed."));
        if (assumed.equals(FleetSettings.TABLES)) {
            return ofTables(assuming);
        }
        QemuVersion version = QemuVersion.parse(assumed);
        return ofVersion(
                "host " + host.name(),
                version,
                new SideSaid(assuming.cpu(), version, assuming.doubts(), assuming.assumptions()));
    }

    /** The QEMU that a capture says it was taken with; null where it says none. */
    public @Nullable QemuVersion qemuOf(CaptureId capture) {
        return captures.byId(capture)
                .map(StoredCapture::capture)
                .map(Capture::qemu)
                .orElse(null);
    }

    /**
     * A side that has this QEMU, and nothing is said of the properties.
     *
     * @param whose half a sentence: {@code host compute-17}
     */
    public static HostSide ofVersion(String whose, QemuVersion qemu, SideSaid said) {
        try {
            return new HostSide(LoadBehaviour.of(qemu), false, said);
        } catch (IllegalArgumentException notKnown) {
            return ofTables(said.withDoubt(
                    unknown("What the QEMU of the " + whose + " does is unknown: " + notKnown.getMessage() + ".")));
        }
    }

    private static Finding unknown(String sentence) {
        return Finding.of(FindingKind.QEMU_UNKNOWN, Severity.UNKNOWN, sentence);
    }

    /** Why the record of the host does not hold any more: a sentence, or null where it does. */
    public @Nullable String whyStale(StoredHost host) {
        return whyStale(
                host, captures.byId(host.capture()).map(StoredCapture::capture).orElse(null));
    }

    private @Nullable String whyStale(StoredHost host, @Nullable Capture capture) {
        HostSighting seen = hosts.lastSeen(host);
        Duration age = Duration.between(seen.at(), Instant.now());
        KernelRelease captured = capture == null ? null : capture.kernel();
        boolean isEmulated = capture != null && capture.accelerator() == Accelerator.TCG;
        if (!isEmulated
                && seen.kernel() != null
                && (captured == null || !seen.kernel().equals(captured.text()))) {
            return "The host " + host.name() + " runs " + seen.kernel() + ", and its list is from "
                    + (captured == null ? "a kernel that nobody named" : captured.text()) + " ("
                    + inWords(Duration.between(host.since(), Instant.now()))
                    + " old): collect it again, or say that it runs this kernel again ('kernel').";
        }
        return age.compareTo(settings.hosts().staleAfter()) <= 0
                ? null
                : "The host " + host.name() + " was last heard of " + inWords(age) + " ago ("
                        + seen.at().truncatedTo(ChronoUnit.SECONDS) + "), longer than "
                        + inWords(settings.hosts().staleAfter())
                        + ": collect it again, or report that it is as it was.";
    }

    private static String inWords(Duration age) {
        if (age.toDays() >= 2) {
            return age.toDays() + " days";
        }
        return age.toHours() >= 2 ? age.toHours() + " hours" : Math.max(0, age.toMinutes()) + " minutes";
    }
}
