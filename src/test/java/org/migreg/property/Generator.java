package org.migreg.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes values of one kind. Bounds and other values where mistakes lurk come more often than chance has them.
 *
 * @param <T> the kind of value
 */
@FunctionalInterface
public interface Generator<T> {

    T from(Given given);

    default <U> Generator<U> map(Function<? super T, ? extends U> change) {
        return given -> change.apply(from(given));
    }

    /** Only values that are wanted; there must be many of them. */
    default Generator<T> filter(Predicate<? super T> isWanted) {
        return given -> {
            for (int attempt = 0; attempt < 100; attempt++) {
                T value = from(given);
                if (isWanted.test(value)) {
                    return value;
                }
            }
            throw new Given.AssumptionNotMet();
        };
    }

    default Generator<T> orNull(double probability) {
        return given -> {
            boolean isNull = given.choose(1, random -> random.nextDouble() < probability ? 0 : 1) == 0;
            return isNull ? null : from(given);
        };
    }

    default Generator<List<T>> list(int least, int most) {
        return given -> {
            int size = given.sizeToAimAt(least, most);
            List<T> list = new ArrayList<>();
            while (list.size() < least || (list.size() < most && given.oneMore(list.size() < size))) {
                list.add(from(given));
            }
            return list;
        };
    }

    /** In the order in which they were made; fewer than aimed at where the generator hardly has as many. */
    default Generator<Set<T>> set(int least, int most) {
        return given -> {
            int size = given.sizeToAimAt(least, most);
            Set<T> set = new LinkedHashSet<>();
            int attempts = 0;
            while (attempts++ < 20 * most
                    && (set.size() < least || (set.size() < most && given.oneMore(set.size() < size)))) {
                set.add(from(given));
            }
            given.assume(set.size() >= least);
            return set;
        };
    }

    /** Up to so many keys, each with a value. */
    static <K, V> Generator<Map<K, V>> maps(Generator<K> keys, Generator<V> values, int most) {
        return given -> {
            Map<K, V> map = new LinkedHashMap<>();
            for (K key : given.any(keys.set(0, most))) {
                map.put(key, given.any(values));
            }
            return map;
        };
    }

    /** The first is the simplest. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Generator<T> of(T... values) {
        return of(Arrays.asList(values));
    }

    /** The first is the simplest. */
    static <T> Generator<T> of(List<T> values) {
        return integers(0, values.size() - 1).map(values::get);
    }

    static <E extends Enum<E>> Generator<E> of(Class<E> type) {
        return of(type.getEnumConstants());
    }

    /** The first is the simplest. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Generator<T> oneOf(Generator<? extends T>... generators) {
        List<Generator<? extends T>> all = List.of(generators);
        return given -> all.get((int) given.choose(all.size() - 1, random -> random.nextInt(all.size())))
                .from(given);
    }

    static Generator<Boolean> booleans() {
        return of(false, true);
    }

    /** Both bounds belong to it; the least is the simplest. */
    static Generator<Integer> integers(int least, int most) {
        return longs(least, most).map(Long::intValue);
    }

    /** Both bounds belong to it; the least is the simplest. */
    static Generator<Long> longs(long least, long most) {
        long greatest = most - least;
        return given -> least
                + given.choose(greatest, random -> switch (random.nextInt(20)) {
                    case 0 -> 0;
                    case 1 -> greatest;
                    case 2 -> Math.min(greatest, random.nextInt(16));
                    default -> least == most ? 0 : random.nextLong(least, most) - least + random.nextInt(2);
                });
    }

    /** All 64 bits; 0 is the simplest. */
    static Generator<Long> longs() {
        return given -> {
            long zigzag = given.choose(-1L, random -> switch (random.nextInt(10)) {
                case 0 -> random.nextInt(4);
                case 1 -> -1L - random.nextInt(4);
                case 2, 3, 4 -> random.nextLong() >>> random.nextInt(64);
                default -> random.nextLong();
            });
            return (zigzag >>> 1) ^ -(zigzag & 1);
        };
    }

    static Generator<byte[]> bytes(int most) {
        return integers(0, 255).list(0, most).map(values -> {
            byte[] bytes = new byte[values.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = values.get(i).byteValue();
            }
            return bytes;
        });
    }

    /** Any text: letters, control characters, characters of every plane, halves of surrogate pairs too. */
    static Generator<String> texts(int least, int most) {
        Generator<String> character = given -> {
            int choice = (int) given.choose(Character.MAX_CODE_POINT, random -> switch (random.nextInt(10)) {
                case 0 -> 95 + random.nextInt(33);
                case 1, 2 -> 128 + random.nextInt(0x700);
                case 3 -> random.nextInt(0x10000);
                case 4 -> random.nextInt(Character.MAX_CODE_POINT + 1);
                default -> random.nextInt(95);
            });
            // The printable characters of ASCII first, beginning with 'a'; then its control characters.
            int codePoint = choice < 95 ? ' ' + (choice + 'a' - ' ') % 95 : choice < 127 ? choice - 95 : choice;
            return Character.toString(codePoint);
        };
        return character.list(least, most).map(Generator::joined);
    }

    /** Texts of these characters. */
    static Generator<String> textsOf(String characters, int least, int most) {
        return integers(0, characters.length() - 1)
                .map(characters::charAt)
                .list(least, most)
                .map(Generator::joined);
    }

    /** Up to so many of these parts, one after another. */
    static Generator<String> joinedFrom(List<String> parts, int most) {
        return of(parts).list(0, most).map(Generator::joined);
    }

    private static String joined(List<?> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(text::append);
        return text.toString();
    }
}
