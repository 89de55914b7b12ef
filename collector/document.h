/* The capture as JSON, migreg's own format. */
#ifndef MIGREG_DOCUMENT_H
#define MIGREG_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "host.h"
#include "qemu.h"
#include "vcpu.h"

struct capture {
	const struct host *host;
	const char *cpu_model;
	bool midr_known;
	uint64_t midr;
	const struct feature_set *feature_set;
	const struct kvm *kvm;
	bool nv_known;
	unsigned nv;
	const struct vcpu_state *state;
	const struct qemu *qemu; /* NULL: nothing is said of it */
};

/* Writes one document without a line end. */
void document_write(FILE *out, const struct capture *capture);

/* What a host's record says beside its capture; nothing of QEMU where that is NULL. */
void document_write_record(FILE *out, const struct host *host, const struct qemu *qemu);

#endif
