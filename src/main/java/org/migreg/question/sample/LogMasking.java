package org.migreg.question.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a log who and where it is about: UUIDs, MAC and IP addresses, names of hosts, guests and users. One thing
 * becomes one word wherever it stands ({@code HOST-1}), so that the log still says what it said. It goes by how QEMU,
 * libvirt, systemd and shells write them; a name that stands alone in a sentence of its own is not found, so that whoever
 * keeps a log has to look at it.
 */
public final class LogMasking {

    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?";

    /** Where a name stands, as group 1. */
    private record Place(String kind, Pattern pattern) {
        Place(String kind, String pattern) {
            this(kind, Pattern.compile("(?m)" + pattern));
        }
    }

    private static final List<Place> PLACES = List.of(
            new Place("USER", "/(?:home|Users)/(" + NAME + ")"),
            new Place("USER", "://(" + NAME + ")(?::[^@\\s/]{1,60})?@"),
            new Place("USER", "\\b(?:for|of) user (" + NAME + ")\\b"),
            new Place("USER", "\\b[ug]id=[0-9]+\\((" + NAME + ")\\)"),
            new Place("USER", "\\b(?:USER|LOGNAME|SUDO_USER)=(" + NAME + ")\\b"),
            new Place("USER", "\\bsudo(?:\\[[0-9]+\\])?: +(" + NAME + ") :"),
            new Place("USER", "(?<![\\w.+:/-])(" + NAME + ")@" + NAME),
            new Place("HOST", "(?<![\\w.+-])[A-Za-z0-9][\\w.+-]{0,60}@(" + NAME + ")"),
            new Place("HOST", "\\bhostname[:=] ?\"?(" + NAME + ")"),
            new Place("HOST", "\"?_HOSTNAME\"?\\s?[:=]\\s?\"?(" + NAME + ")"),
            new Place("HOST", "\\bHOSTNAME=(" + NAME + ")"),
            new Place("HOST", "\\bhost=['\"]?(" + NAME + ")"),
            new Place(
                    "HOST",
                    "\\b(?:destination|source|target|remote|peer|to|from|on|at) host '?\"?(" + NAME + ")['\",:]"),
            new Place("HOST", "\\b(?:tcp|rdma|tls|unix\\+tcp):(" + NAME + "):[0-9]"),
            new Place("HOST", "[a-z0-9+]{2,20}://(?:[^/@\\s'\"]{1,80}@)?(" + NAME + ")"),
            new Place(
                    "HOST",
                    "^(?:<[0-9]{1,3}>)?[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)? (" + NAME
                            + ") [\\w./()@-]{1,80}(?:\\[[0-9]+\\])?:"),
            new Place(
                    "HOST",
                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]{8,20}(?:Z|[+-][0-9]{2}:?[0-9]{2})? (" + NAME
                            + ") [\\w./()@-]{1,80}\\[[0-9]+\\]:"),
            new Place(
                    "HOST",
                    "(?<![\\w./-])((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}(?:com|org|net|edu|gov|mil|info|io"
                            + "|cloud|dev|local|localdomain|lan|internal|intranet|home|corp|example|test|invalid|arpa|eu|de|at"
                            + "|ch|uk|fr|nl|be|pl|cz|it|es|pt|se|no|fi|dk|ru|ua|cn|jp|kr|in|br|us|ca|au|nz|tw|hk|sg))(?![\\w-])"),
            new Place("GUEST", "\\bguest=([^,\\s'\"]{1,200})"),
            new Place("GUEST", "\\(vm='([^'\\n]{1,200})'"),
            new Place("GUEST", "-name '?\"?(?!guest=)([^,\\s'\"-][^,\\s'\"]{0,200})"),
            new Place("GUEST", "\\b[Dd]omain:? ['\"]([^'\"\\n]{1,200})['\"]"),
            new Place("GUEST", "\\b(?:guest|vm|VM|instance|[Ii]nstance) ['\"]([^'\"\\n]{1,200})['\"]"),
            new Place("GUEST", "\\bdomain-[0-9]+-([^/\\s'\",]{1,200})"),
            new Place("GUEST", "\\\\x2d[0-9]+\\\\x2d([^/\\s'\",]{1,200}?)\\.scope"),
            new Place(
                    "GUEST",
                    "/qemu/(?:save/|nvram/|dump/)?([^/\\s'\"]{1,200}?)(?:_VARS)?\\.(?:log|save|xml|fd|pid|monitor)"),
            new Place("GUEST", "<(?:name|title)>([^<\\n]{1,200})</"),
            new Place("GUEST", "\\b(instance-[0-9a-f]{8})\\b"),
            new Place(
                    "GUEST",
                    "\\bvirsh (?:-c \\S+ )?(?:start|migrate|restore|save|managedsave|dumpxml|edit|domjobinfo)"
                            + "(?: --?[a-z][\\w-]*)*+ ([A-Za-z0-9][^\\s'\"]{0,200})"),
            new Place("SERIAL", "\\bserial=([^,\\s'\"]{1,200})"));

    private static final Pattern UUID =
            Pattern.compile("(?<![0-9a-fA-F-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F-])");
    private static final Pattern MAC = Pattern.compile(
            "(?<![0-9a-fA-F:-])[0-9a-fA-F]{2}(?:([:-])[0-9a-fA-F]{2})(?:\\1[0-9a-fA-F]{2}){4}(?![0-9a-fA-F:-])");
    private static final Pattern IPV4 =
            Pattern.compile("(?<![\\w.-])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?![\\w-]|\\.[0-9])");
    private static final Pattern IPV6 = Pattern.compile("(?<![\\w:.])(?:(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}"
            + "|(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6}|(?:[0-9a-fA-F]{1,4}:){1,6}:"
            + "|::(?:[0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4})(?:%[\\w.-]{1,15})?(?![\\w:])");

    /** Words of the messages themselves; a guest of such a name is masked only where it is known to be one. */
    private static final Set<String> OF_THE_MESSAGES = Set.of(
            "arm",
            "aarch64",
            "cpu",
            "default",
            "device",
            "domain",
            "error",
            "failed",
            "guest",
            "host",
            "instance",
            "kvm",
            "libvirt",
            "libvirtd",
            "load",
            "localhost",
            "machine",
            "migration",
            "none",
            "null",
            "qemu",
            "qemu-kvm",
            "root",
            "state",
            "system",
            "test",
            "user",
            "virt",
            "vm",
            "virsh",
            "linux",
            "kernel");

    private static final Set<String> KEPT =
            Set.of("root", "localhost", "localhost.localdomain", "qemu", "127.0.0.1", "0.0.0.0", "::1", "::", "system");
    /** Bounds what one log can cost: each name is looked for in all of it. */
    private static final int MOST_NAMES = 300;

    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    private LogMasking() {}

    public static String masked(String log) {
        return masked(List.of(log)).getFirst();
    }

    /** The texts, each thing being the same word in all of them. */
    public static List<String> masked(List<String> texts) {
        LogMasking masking = new LogMasking();
        List<String> found = texts.stream().map(masking::found).toList();
        return found.stream().map(masking::everywhere).toList();
    }

    /** The text without what it tells itself; the names in it are known then. */
    private String found(String log) {
        String text = replaced(UUID, "UUID", log, id -> true);
        text = replaced(MAC, "MAC", text, address -> true);
        text = replaced(IPV4, "IP", text, LogMasking::isAddress);
        text = replaced(IPV6, "IP", text, address -> true);
        for (Place place : PLACES) {
            text = places(place, text);
        }
        return text;
    }

    private String replaced(Pattern pattern, String kind, String text, Predicate<String> isOne) {
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isOne.test(found.group()) ? word(kind, found.group()) : found.group()));
    }

    private String places(Place place, String text) {
        Matcher matcher = place.pattern().matcher(text);
        StringBuilder masked = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            masked.append(text, from, matcher.start(1)).append(word(place.kind(), matcher.group(1)));
            from = matcher.end(1);
        }
        return masked.append(text, from, text.length()).toString();
    }

    /** The names that are known by now, where nothing says that they are. */
    private String everywhere(String text) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> known : List.copyOf(words.entrySet())) {
            int dot = known.getKey().indexOf('.');
            if (known.getValue().startsWith("HOST") && dot > 2) {
                words.putIfAbsent(known.getKey().substring(0, dot), known.getValue());
            }
        }
        for (String name : words.keySet()) {
            if (name.length() > 2
                    && !OF_THE_MESSAGES.contains(name)
                    && !name.chars().allMatch(Character::isDigit)) {
                names.add(Pattern.quote(name));
            }
        }
        if (names.isEmpty()) {
            return text;
        }
        names.sort((a, b) -> b.length() - a.length());
        return Pattern.compile(
                        "(?<![A-Za-z0-9])(?:" + String.join("|", names) + ")(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        words.getOrDefault(found.group().toLowerCase(Locale.ROOT), found.group())));
    }

    private String word(String kind, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (KEPT.contains(key) || name.matches("(?:UUID|MAC|IP|USER|HOST|GUEST|SERIAL)-[0-9]+.*")) {
            return name;
        }
        String known = words.get(key);
        if (known != null) {
            return known;
        }
        String word = kind + "-" + counts.merge(kind, 1, Integer::sum);
        if (words.size() < MOST_NAMES) {
            words.put(key, word);
        }
        return word;
    }

    private static boolean isAddress(String text) {
        for (String part : text.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return !KEPT.contains(text);
    }
}
