package org.migreg.hostkernel;

/** How the numbers of a stream's releases relate to the upstream releases of the same numbers. */
public enum UpstreamNumbering {
    /** The leading numbers name the upstream (stable) release that the kernel was built from. */
    FOLLOWED,
    /** The leading numbers are frozen while features are backported: 5.14 can carry what upstream got in 6.15. */
    OWN,
    /** Nothing is known about what the numbers mean. */
    UNKNOWN
}
