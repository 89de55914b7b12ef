package org.migreg.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The top-level packages of the service: the rank of each, and the ranks that it may use. */
final class Rooms {

    /** The root package itself: the application class, and what configures the application as a whole. */
    static final String ROOT = "";

    private static final int HIGHEST_PURE_RANK = 2;
    private static final int REVISION_RANK = 4;
    private static final int STORE_RANK = 5;

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

        boolean isPure() {
            return rank <= HIGHEST_PURE_RANK;
        }

        boolean isStore() {
            return rank == STORE_RANK;
        }

        boolean maySeeJpa() {
            return rank == REVISION_RANK || isStore();
        }

        boolean mayUse(String otherName, Room other) {
            return mayUse.contains(other.rank) && !exceptFor.contains(otherName);
        }
    }

    private static final Map<String, Room> BY_NAME = Map.ofEntries(
            entry("register", new Room(0, Set.of())),
            entry("hostkernel", new Room(0, Set.of())),
            entry("qemu", new Room(0, Set.of())),
            entry("history", new Room(0, Set.of())),
            entry("policy", new Room(1, Set.of(0))),
            entry("capture", new Room(1, Set.of(0))),
            entry("evaluation", new Room(2, Set.of(0, 1), Set.of("capture"))),
            entry("format", new Room(3, Set.of(0, 1, 2))),
            entry("question", new Room(4, Set.of(0, 1, 2, 3))),
            entry("revision", new Room(5, Set.of(0, 1, 2, 3, 4))),
            entry("contract", new Room(5, Set.of(0, 1, 2, 3, 4))),
            entry("policystore", new Room(6, Set.of(0, 1, 2, 3, 4, 5), Set.of("contract"))),
            entry("capturestore", new Room(6, Set.of(0, 1, 2, 3, 4, 5), Set.of("contract"))),
            entry("hoststore", new Room(6, Set.of(0, 1, 2, 3, 4, 5), Set.of("contract"))),
            entry("draftstore", new Room(6, Set.of(0, 1, 2, 3, 4, 5), Set.of("contract"))),
            entry("expectationstore", new Room(6, Set.of(0, 1, 2, 3, 4, 5), Set.of("contract"))),
            entry("registry", new Room(7, Set.of(0, 1, 2, 3, 4, 5, 6), Set.of("contract"))),
            entry("web", new Room(8, Set.of(0, 1, 2, 3, 4, 5, 6, 7))),
            entry("api", new Room(9, Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8))),
            entry("dashboard", new Room(9, Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8))),
            entry("integration", new Room(9, Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8))),
            entry("cli", new Room(9, Set.of(0, 1, 2, 3, 4, 5), Set.of("revision"))),
            entry(ROOT, new Room(10, Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))));

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

    /** Empty for a package without a rank. */
    Optional<Room> roomOf(JavaClass type) {
        return Optional.ofNullable(BY_NAME.get(nameOfRoomOf(type)));
    }
}
