package org.migreg.api.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom connections count for: an address, and of IPv6 the network that a single customer has. */
record Client(String name) {

    private static final int NETWORK = 8;

    static Client at(String address) {
        try {
            // A literal address: no name is looked up.
            if (InetAddress.getByName(address) instanceof Inet6Address six && !six.isLoopbackAddress()) {
                return new Client(HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK)));
            }
        } catch (UnknownHostException notAnAddress) {
            // Then it counts as it is written.
        }
        return new Client(address);
    }
}
