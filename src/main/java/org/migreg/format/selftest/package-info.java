/** What {@code get-reg-list --list} of Linux's KVM selftests prints. */
@NullMarked
package org.migreg.format.selftest;

import org.jspecify.annotations.NullMarked;
