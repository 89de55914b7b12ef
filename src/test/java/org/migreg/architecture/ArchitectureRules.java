package org.migreg.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rules of the house for the packages below one root, so that the same rules judge the service and the code
 * planted to break them. A room may still be empty.
 */
public final class ArchitectureRules {

    private static final Set<String> JAVA_BASE = Object.class.getModule().getDescriptor().exports().stream()
            .filter(Predicate.not(Exports::isQualified))
            .map(Exports::source)
            .collect(Collectors.toUnmodifiableSet());

    private final String rootPackage;
    private final Rooms rooms;

    public ArchitectureRules(String rootPackage) {
        this.rootPackage = rootPackage;
        this.rooms = new Rooms(rootPackage);
    }

    public List<ArchRule> all() {
        return List.of(
                everyTopLevelPackageHasARank(),
                dependenciesPointToARoomBelow(),
                subPackagesAreFreeOfCycles(),
                formatsAreBlindToEachOther(),
                formatsKnowNoSpring(),
                pureRoomsUseOnlyWhatIsAllowed(),
                onlyRevisionsAndStoresSeeJpa(),
                entitiesAreNotPublic());
    }

    public ArchRule everyTopLevelPackageHasARank() {
        return classes()
                .that(areOurs())
                .should(new ArchCondition<JavaClass>("be in a top-level package that has a rank") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (rooms.roomOf(type).isEmpty()) {
                            events.add(SimpleConditionEvent.violated(
                                    type,
                                    type.getName() + " is in the package '" + rooms.nameOfRoomOf(type)
                                            + "', which has no rank"));
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    public ArchRule dependenciesPointToARoomBelow() {
        return classes()
                .that(areOurs())
                .should(dependOnlyOn("rooms below that they may use", this::isInTheSameRoomOrOneThatMayBeUsed))
                .allowEmptyShould(true);
    }

    public ArchRule subPackagesAreFreeOfCycles() {
        return slices().matching(rootPackage + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    /** What they may share has packages of its own, which in their turn see no format. */
    public ArchRule formatsAreBlindToEachOther() {
        return slices().matching(rootPackage + ".format.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(),
                        resideInAnyPackage(
                                rootPackage + ".format.reading",
                                rootPackage + ".format.packed",
                                rootPackage + ".format.domainxml"))
                .allowEmptyShould(true);
    }

    public ArchRule formatsKnowNoSpring() {
        return noClasses()
                .that()
                .resideInAPackage(rootPackage + ".format..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .allowEmptyShould(true);
    }

    public ArchRule pureRoomsUseOnlyWhatIsAllowed() {
        return classes()
                .that(areOurs().and(DescribedPredicate.describe("are in a pure room", this::isInAPureRoom)))
                .should(dependOnlyOn("java.base, JSpecify and what their room was granted", this::isAllowedInAPureRoom))
                .allowEmptyShould(true);
    }

    public ArchRule onlyRevisionsAndStoresSeeJpa() {
        return noClasses()
                .that(areOurs())
                .and()
                .resideOutsideOfPackages(
                        rootPackage + ".revision..",
                        rootPackage + ".policystore..",
                        rootPackage + ".capturestore..",
                        rootPackage + ".hoststore..",
                        rootPackage + ".draftstore..",
                        rootPackage + ".expectationstore..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.springframework.data..", "org.hibernate..")
                .allowEmptyShould(true);
    }

    public ArchRule entitiesAreNotPublic() {
        return classes()
                .that(areOurs())
                .and()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .or()
                .areAnnotatedWith("jakarta.persistence.Embeddable")
                .or()
                .areAnnotatedWith("jakarta.persistence.MappedSuperclass")
                .should()
                .notHaveModifier(PUBLIC)
                .allowEmptyShould(true);
    }

    private DescribedPredicate<JavaClass> areOurs() {
        return DescribedPredicate.describe("are below " + rootPackage, rooms::isOurs);
    }

    private boolean isInAPureRoom(JavaClass type) {
        return rooms.roomOf(type).map(Rooms.Room::isPure).orElse(false);
    }

    private boolean isInTheSameRoomOrOneThatMayBeUsed(JavaClass origin, JavaClass target) {
        if (!rooms.isOurs(target)) {
            return true;
        }
        String targetName = rooms.nameOfRoomOf(target);
        if (rooms.nameOfRoomOf(origin).equals(targetName)) {
            return true;
        }
        Optional<Rooms.Room> from = rooms.roomOf(origin);
        Optional<Rooms.Room> to = rooms.roomOf(target);
        return from.isPresent() && to.isPresent() && from.get().mayUse(targetName, to.get());
    }

    private boolean isAllowedInAPureRoom(JavaClass origin, JavaClass target) {
        String targetPackage = target.getPackageName();
        boolean ownPureRoom = rooms.isOurs(target) && isInAPureRoom(target);
        boolean grantedVersionLibrary = rooms.nameOfRoomOf(origin).equals("hostkernel")
                && targetPackage.startsWith("io.github.nscuro.versatile");
        return target.isPrimitive()
                || JAVA_BASE.contains(targetPackage)
                || targetPackage.equals("org.jspecify.annotations")
                || ownPureRoom
                || grantedVersionLibrary;
    }

    @FunctionalInterface
    private interface AllowedDependency {
        boolean test(JavaClass origin, JavaClass target);
    }

    private static ArchCondition<JavaClass> dependOnlyOn(String what, AllowedDependency allowed) {
        return new ArchCondition<>("depend only on " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!allowed.test(type, target)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
