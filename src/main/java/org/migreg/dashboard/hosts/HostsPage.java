package org.migreg.dashboard.hosts;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.HostName;
import org.migreg.capture.StoredCapture;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.ItemsView;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hoststore.HostPeriod;
import org.migreg.hoststore.HostStore;
import org.migreg.hoststore.NoSuchHostException;
import org.migreg.hoststore.StoredHost;
import org.migreg.question.drift.Deviation;
import org.migreg.question.drift.Drift;
import org.migreg.question.drift.KnownCapture;
import org.migreg.registry.HostQuestions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The fleet over kernels and lists, hosts that leave their kind, and one host with its history. */
@Controller
public record HostsPage(HostStore hosts, CaptureStore captures, HostQuestions questions) {

    private static final int PAGE = 100;

    /** Of kinds that deviate, and of groups, so many are shown. */
    private static final int MOST_SHOWN = 200;

    private static final int SHOWN_DIGITS = 8;

    /** How many hosts have something, and how many different lists those have. */
    public record Share(String label, @Nullable String kernelStream, int hosts, int lists) {}

    /** How many hosts have one capture. */
    public record Group(CaptureId capture, @Nullable Capture content, int hosts) {

        public String shortId() {
            return capture.start(SHOWN_DIGITS);
        }

        public String kernel() {
            return HostsPage.kernel(content);
        }
    }

    /** A host in a list of them. */
    public record Line(StoredHost host, @Nullable Capture content) {

        public String shortId() {
            return host.capture().start(SHOWN_DIGITS);
        }

        public String kernel() {
            return HostsPage.kernel(content);
        }
    }

    /** A capture that leaves the baseline of its kind, and hosts that have it. */
    public record Finding(Deviation deviation, List<String> hosts) {}

    @GetMapping("/hosts")
    String show(
            @RequestParam(required = false) @Nullable String kernel,
            @RequestParam(required = false) @Nullable String capture,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") long offset,
            Model model) {
        String wantedKernel = kernel == null || kernel.isBlank() ? null : kernel.strip();
        CaptureId wantedCapture = capture == null || capture.isBlank()
                ? null
                : reading("capture", capture, () -> new CaptureId(capture.strip()));
        String part = name.strip().toLowerCase(Locale.ROOT);
        CaptureIndex index = captures.current();
        Map<CaptureId, List<HostName>> byCapture = hosts.byCapture();
        List<Group> groups = groups(index, byCapture);
        ItemsView<StoredHost> page = ItemsView.page(
                hosts.matching(host -> host.name().text().contains(part)
                        && (wantedCapture == null || wantedCapture.equals(host.capture()))
                        && (wantedKernel == null || wantedKernel.equals(kernel(content(index, host.capture()))))),
                offset,
                PAGE);
        List<Deviation> deviations = Drift.ofHosts(byCapture.entrySet().stream()
                .flatMap(entry -> index.byId(entry.getKey()).stream()
                        .map(stored -> new KnownCapture(
                                stored.id(),
                                stored.capture(),
                                stored.addedAt(),
                                entry.getValue().size())))
                .toList());
        model.addAttribute(
                "all", byCapture.values().stream().mapToInt(List::size).sum());
        model.addAttribute("captures", byCapture.size());
        model.addAttribute("kernels", kernels(groups));
        model.addAttribute("groups", groups.stream().limit(MOST_SHOWN).toList());
        model.addAttribute("moreGroups", Math.max(0, groups.size() - MOST_SHOWN));
        model.addAttribute("kernel", wantedKernel);
        model.addAttribute("capture", wantedCapture == null ? null : wantedCapture.text());
        model.addAttribute("name", name);
        model.addAttribute("page", page);
        model.addAttribute(
                "lines",
                page.items().stream()
                        .map(host -> new Line(host, content(index, host.capture())))
                        .toList());
        model.addAttribute("deviations", deviations.size());
        model.addAttribute(
                "findings",
                deviations.stream()
                        .limit(MOST_SHOWN)
                        .map(deviation -> new Finding(
                                deviation,
                                byCapture.getOrDefault(deviation.capture(), List.of()).stream()
                                        .limit(10)
                                        .map(HostName::text)
                                        .toList()))
                        .toList());
        return "hosts";
    }

    /** The captures that hosts have, those of most hosts first. */
    private static List<Group> groups(CaptureIndex index, Map<CaptureId, List<HostName>> byCapture) {
        return byCapture.entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey(),
                        content(index, entry.getKey()),
                        entry.getValue().size()))
                .sorted(Comparator.comparingInt(Group::hosts).reversed())
                .toList();
    }

    /** In the order of releases; last those of no known kernel. */
    private static List<Share> kernels(List<Group> groups) {
        Map<KernelRelease, List<Group>> known = new TreeMap<>(KernelRelease.LISTING_ORDER);
        List<Group> others = new ArrayList<>();
        for (Group group : groups) {
            KernelRelease release =
                    group.content() == null ? null : group.content().kernel();
            (release == null ? others : known.computeIfAbsent(release, first -> new ArrayList<>())).add(group);
        }
        Map<String, Share> shares = new LinkedHashMap<>();
        known.forEach((release, ofKernel) -> shares.merge(
                release.text(),
                share(release.text(), release.kernelStream().toString(), ofKernel),
                (one, other) -> new Share(
                        one.label(), one.kernelStream(), one.hosts() + other.hosts(), one.lists() + other.lists())));
        List<Share> all = new ArrayList<>(shares.values());
        if (!others.isEmpty()) {
            all.add(share("not known", null, others));
        }
        return all;
    }

    private static Share share(String label, @Nullable String kernelStream, List<Group> groups) {
        return new Share(
                label, kernelStream, groups.stream().mapToInt(Group::hosts).sum(), groups.size());
    }

    @GetMapping("/hosts/{name}")
    String open(@PathVariable String name, Model model) {
        HostName wanted = reading("name", name, () -> HostName.parseLenient(name));
        StoredHost host = hosts.byName(wanted).orElse(null);
        // One that was asked for by another name that it goes by.
        HostName own = host == null ? wanted : host.name();
        List<HostPeriod> history = hosts.history(own);
        if (host == null && history.isEmpty()) {
            throw new NoSuchHostException(wanted);
        }
        CaptureIndex index = captures.current();
        model.addAttribute("name", own.text());
        model.addAttribute("host", host == null ? null : new Line(host, content(index, host.capture())));
        if (host != null) {
            model.addAttribute("lastSeen", hosts.lastSeen(host).at());
            model.addAttribute("stale", questions.whyStale(host));
        }
        model.addAttribute(
                "alike",
                host == null
                        ? 0
                        : hosts.matching(other -> other.capture().equals(host.capture()))
                                        .size()
                                - 1);
        List<Period> periods = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            HostPeriod period = history.get(i);
            String before =
                    i + 1 < history.size() ? history.get(i + 1).capture().text() : null;
            periods.add(new Period(period, kernel(content(index, period.capture())), before));
        }
        model.addAttribute("periods", periods);
        return "host";
    }

    /**
     * What a host had for a time.
     *
     * @param before the capture that it had before; null for its first
     */
    public record Period(
            HostPeriod period, String kernel, @Nullable String before) {

        public String shortId() {
            return period.capture().start(SHOWN_DIGITS);
        }
    }

    private static @Nullable Capture content(CaptureIndex index, CaptureId id) {
        return index.byId(id).map(StoredCapture::capture).orElse(null);
    }

    private static String kernel(@Nullable Capture content) {
        KernelRelease release = content == null ? null : content.kernel();
        return release == null ? "not known" : release.text();
    }
}
