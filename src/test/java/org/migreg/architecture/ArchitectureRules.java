package org.migreg.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
                sectionsOfARoomAreFreeOfCycles(),
                formatsAreBlindToEachOther(),
                formatsKnowNoSpring(),
                pureRoomsUseOnlyWhatIsAllowed(),
                onlyRevisionsAndStoresSeeJpa(),
                entitiesAreNotPublic(),
                storesShowNoEntity());
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

    /** A section is a sub-package with all below it: one package may be free of cycles that its section is part of. */
    public ArchRule sectionsOfARoomAreFreeOfCycles() {
        return slices().matching(rootPackage + ".(*).(*)..")
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
                                rootPackage + ".format.normal",
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
                .that(areOurs().and(areInARoomThat("is pure", Rooms.Room::isPure)))
                .should(dependOnlyOn("java.base, JSpecify and what their room was granted", this::isAllowedInAPureRoom))
                .allowEmptyShould(true);
    }

    public ArchRule onlyRevisionsAndStoresSeeJpa() {
        return noClasses()
                .that(areOurs().and(DescribedPredicate.describe("may not see JPA", type -> !rooms.maySeeJpa(type))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.springframework.data..", "org.hibernate..")
                .allowEmptyShould(true);
    }

    public ArchRule entitiesAreNotPublic() {
        return classes()
                .that(areOurs().and(DescribedPredicate.describe("are entities", ArchitectureRules::isEntity)))
                .should()
                .notHaveModifier(PUBLIC)
                .allowEmptyShould(true);
    }

    /** Neither what a store is given or gives, nor what it is made of, names an entity, be it in angle brackets. */
    public ArchRule storesShowNoEntity() {
        return classes()
                .that(areOurs().and(areInARoomThat("is a store", Rooms.Room::isStore)))
                .and()
                .haveModifier(PUBLIC)
                .should(new ArchCondition<>("show no entity") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        shown(type)
                                .forEach((where, types) -> types.stream()
                                        .filter(ArchitectureRules::isEntity)
                                        .forEach(entity -> events.add(SimpleConditionEvent.violated(
                                                type, where + " shows the entity " + entity.getName()))));
                    }
                })
                .allowEmptyShould(true);
    }

    private static Map<String, Set<JavaClass>> shown(JavaClass type) {
        Map<String, Set<JavaClass>> shown = new TreeMap<>();
        Set<JavaClass> above = new HashSet<>();
        type.getSuperclass().ifPresent(superclass -> above.addAll(superclass.getAllInvolvedRawTypes()));
        type.getInterfaces().forEach(implemented -> above.addAll(implemented.getAllInvolvedRawTypes()));
        shown.put(type.getName(), above);
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isShown(unit)) {
                Set<JavaClass> types = new HashSet<>(unit.getReturnType().getAllInvolvedRawTypes());
                unit.getParameterTypes().forEach(parameter -> types.addAll(parameter.getAllInvolvedRawTypes()));
                shown.put(unit.getFullName(), types);
            }
        }
        for (JavaField field : type.getFields()) {
            if (isShown(field)) {
                shown.put(field.getFullName(), field.getType().getAllInvolvedRawTypes());
            }
        }
        return shown;
    }

    private static boolean isShown(JavaMember member) {
        return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
    }

    private static boolean isEntity(JavaClass type) {
        return Stream.of("Entity", "Embeddable", "MappedSuperclass")
                .anyMatch(annotation -> type.isAnnotatedWith("jakarta.persistence." + annotation));
    }

    private DescribedPredicate<JavaClass> areInARoomThat(String what, Predicate<Rooms.Room> condition) {
        return DescribedPredicate.describe(
                "are in a room that " + what,
                type -> rooms.roomOf(type).filter(condition).isPresent());
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
        return target.isPrimitive()
                || JAVA_BASE.contains(targetPackage)
                || targetPackage.equals("org.jspecify.annotations")
                || ownPureRoom
                || rooms.isGranted(origin, targetPackage);
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
