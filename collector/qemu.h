/* What the host's QEMU says about itself. */
#ifndef MIGREG_QEMU_H
#define MIGREG_QEMU_H

#include <stdbool.h>

enum { QEMU_VERSION_SIZE = 112 };

struct qemu {
	char version[QEMU_VERSION_SIZE]; /* "10.1.0 (qemu-kvm-10.1.0-16.el10_2)", as --version prints it */
	bool properties_known;           /* false: its file is a script, or cannot be read */
	bool has_properties;             /* carries x-mig-hidden-regs and x-mig-safe-missing-regs */
};

/* Asks the QEMU at `path`; false where that does not answer as a QEMU does within ten seconds. */
bool qemu_read(const char *path, struct qemu *qemu);

/* The same with the first there is of the places where distributions put it. */
bool qemu_find(struct qemu *qemu);

#endif
