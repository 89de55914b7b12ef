package org.migreg.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The top-level packages of the service: the rank of each, and the ranks that it may use. */
final class Rooms {

    /** The root package itself: the application class, and what configures the application as a whole. */
    static final String ROOT = "";

    private static final int HIGHEST_PURE_RANK = 4;
    private static final int STORE_RANK = 6;

    /** What a pure room may use besides java.base and JSpecify: package names, each with all below it. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "hostkernel",
            Set.of("io.github.nscuro.versatile"),
            "format",
            Set.of(
                    "javax.xml.stream",
                    "tools.jackson",
                    "org.snakeyaml.engine",
                    "org.apache.commons.compress",
                    "org.tukaani.xz",
                    "com.github.luben.zstd"));

    /**
     * One top-level package.
     *
     * @param rank 0 is the lowest
     * @param mayUse the ranks that it may depend on
     * @param exceptFor rooms of those ranks that it may not depend on all the same
     */
    record Room(int rank, Set<Integer> mayUse, Set<String> exceptFor) {

        Room(int rank, Set<Integer> mayUse) {
            this(rank, mayUse, Set.of());
        }

        /** May depend on every room of a lower rank, with these exceptions. */
        static Room at(int rank, String... exceptFor) {
            return new Room(rank, IntStream.range(0, rank).boxed().collect(Collectors.toSet()), Set.of(exceptFor));
        }

        boolean isPure() {
            return rank <= HIGHEST_PURE_RANK;
        }

        boolean isStore() {
            return rank == STORE_RANK;
        }

        boolean mayUse(String otherName, Room other) {
            return mayUse.contains(other.rank) && !exceptFor.contains(otherName);
        }
    }

    private static final Map<String, Room> BY_NAME = Map.ofEntries(
            entry("register", Room.at(0)),
            entry("hostkernel", Room.at(0)),
            entry("qemu", Room.at(0)),
            entry("history", Room.at(0)),
            entry("access", Room.at(0)),
            entry("policy", Room.at(1)),
            entry("capture", Room.at(1)),
            entry("evaluation", Room.at(2, "capture")),
            entry("format", Room.at(3)),
            entry("question", Room.at(4)),
            entry("revision", Room.at(5)),
            entry("contract", Room.at(5)),
            entry("policystore", Room.at(6, "contract")),
            entry("capturestore", Room.at(6, "contract")),
            entry("hoststore", Room.at(6, "contract")),
            entry("draftstore", Room.at(6, "contract")),
            entry("expectationstore", Room.at(6, "contract")),
            entry("samplestore", Room.at(6, "contract")),
            entry("accountstore", Room.at(6, "contract")),
            entry("registry", Room.at(7, "contract")),
            entry("maintenance", new Room(7, Set.of())),
            entry("web", Room.at(8)),
            entry("api", Room.at(9)),
            entry("dashboard", Room.at(9)),
            entry("integration", Room.at(9)),
            entry("cli", new Room(9, Set.of(0, 1, 2, 3, 4, 5), Set.of("revision"))),
            entry(ROOT, Room.at(10)));

    private final String rootPackage;

    Rooms(String rootPackage) {
        this.rootPackage = rootPackage;
    }

    boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(rootPackage)
                || type.getPackageName().startsWith(rootPackage + ".");
    }

    /** The first package name below the root, or {@link #ROOT}. */
    String nameOfRoomOf(JavaClass type) {
        if (type.getPackageName().equals(rootPackage)) {
            return ROOT;
        }
        String below = type.getPackageName().substring(rootPackage.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    boolean maySeeJpa(JavaClass type) {
        return nameOfRoomOf(type).equals("revision")
                || roomOf(type).filter(Room::isStore).isPresent();
    }

    /** Whether this pure room was granted the library of this package. */
    boolean isGranted(JavaClass inRoom, String libraryPackage) {
        return LIBRARIES.getOrDefault(nameOfRoomOf(inRoom), Set.of()).stream()
                .anyMatch(granted -> libraryPackage.equals(granted) || libraryPackage.startsWith(granted + "."));
    }

    /** Empty for a package without a rank. */
    Optional<Room> roomOf(JavaClass type) {
        return Optional.ofNullable(BY_NAME.get(nameOfRoomOf(type)));
    }
}
