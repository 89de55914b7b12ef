package org.migreg.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessValuesTests {

    @Test
    void tokensAreAllDifferentAndReadAgain() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ApiToken token = ApiToken.random();
            assertThat(token.secretText()).hasSize(66).matches("mgr_[0-9a-z]{12}_[0-9A-Za-z]{40}_[0-9a-f]{8}");
            assertThat(seen.add(token.id())).isTrue();
            ApiToken read = ApiToken.read(token.secretText()).orElseThrow();
            assertThat(read.id()).isEqualTo(token.id());
            assertThat(read.is(token.hash())).isTrue();
            assertThat(token.toString()).doesNotContain(token.secretText().substring(17, 57));
        }
    }

    @Test
    void aTokenWithOneCharacterChangedIsNone() {
        String text = ApiToken.random().secretText();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(ApiToken.read(changed)).as(changed).isEmpty();
        }
        assertThat(ApiToken.read(text + " ")).isEmpty();
        assertThat(ApiToken.read("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "virt-rhel*, virt-rhel9.4.0, true",
        "virt-rhel*, virt-10.1, false",
        "'virt-1?.*, virt-9.2', virt-10.1, true",
        "'virt-1?.*, virt-9.2', virt-9.2, true",
        "'virt-1?.*, virt-9.2', virt-9.20, false",
        "*, anything, true",
        "compute-17.example.org, COMPUTE-17.example.org, false",
        "a*b*c, a-b-bc, true",
        "a*b*c, a-b-b, false",
    })
    void aPatternFitsWholeNames(String pattern, String name, boolean fits) {
        assertThat(new NamePattern(pattern).fits(name)).isEqualTo(fits);
    }

    @Test
    void patternsAgreeWithRegularExpressions() {
        long seed = Long.getLong("migreg.property.seed", System.nanoTime());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int fitting = 0;
        for (int i = 0; i < 20_000; i++) {
            String glob = text(random, "ab*?", 8);
            String name = text(random, "ab", 10);
            boolean fits = new NamePattern(glob).fits(name);
            String regex = glob.replace("*", ".*").replace("?", ".");
            assertThat(fits)
                    .as("%s %s migreg.property.seed=%d", glob, name, seed)
                    .isEqualTo(Pattern.matches(regex, name));
            fitting += fits ? 1 : 0;
        }
        assertThat(fitting).isPositive();
    }

    private static String text(RandomGenerator random, String of, int longest) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "a,", "a b", "a/b", "a\n"})
    void whatIsNoPatternIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NamePattern(text));
    }

    @Test
    void rolesContainOneAnotherAndMachinesMayDoTheirOwnOnly() {
        for (Permission permission : Permission.values()) {
            assertThat(permission.roles()).as(permission.name()).contains(Role.ADMIN);
        }
        assertThat(Permission.READ.roles()).doesNotContain(Role.COLLECTOR);
        assertThat(Permission.PUBLISH.roles()).containsExactlyInAnyOrder(Role.PUBLISHER, Role.ADMIN);
        assertThat(Permission.CAPTURE.roles()).contains(Role.COLLECTOR).doesNotContain(Role.AGENT);
        assertThat(Permission.ADMINISTER.roles()).containsExactly(Role.ADMIN);
    }
}
