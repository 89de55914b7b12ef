/* What KVM says about a vCPU that has never run. */
#ifndef MIGREG_VCPU_H
#define MIGREG_VCPU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Features of a vCPU, named as in a capture's "vcpuFeatures". */
enum vcpu_feature {
	FEATURE_PSCI_0_2,
	FEATURE_PMU_V3,
	FEATURE_SVE,
	FEATURE_PTRAUTH_ADDRESS,
	FEATURE_PTRAUTH_GENERIC,
	FEATURE_MTE,
	FEATURE_EL2,
	FEATURE_COUNT
};

/* A feature set, named as in a capture's "vcpuFeatureSet". */
struct feature_set {
	const char *name;
	const char *meaning;
	unsigned required; /* bits 1 << enum vcpu_feature: without these the set does not exist here */
	unsigned optional; /* taken where the host offers them, as QEMU does */
};

extern const struct feature_set feature_sets[];
extern const size_t feature_set_count;

const char *feature_name(enum vcpu_feature feature);

struct capability {
	const char *name; /* as in linux/kvm.h */
	int number;
	int value; /* KVM_CHECK_EXTENSION's answer */
};

struct kvm {
	int fd;
	unsigned offered; /* bits 1 << enum vcpu_feature */
	struct capability *capabilities;
	size_t capability_count;
};

enum { REGISTER_MAX_BYTES = 256 };

struct vcpu_register {
	uint64_t id;
	bool readable;
	unsigned char value[REGISTER_MAX_BYTES]; /* little-endian, register_size(id) bytes */
};

struct writable_mask {
	uint64_t id;
	uint64_t mask;
};

struct vcpu_state {
	struct vcpu_register *registers; /* in KVM's order */
	size_t register_count;
	bool has_masks; /* the kernel has KVM_ARM_GET_REG_WRITABLE_MASKS */
	struct writable_mask masks[3 * 8 * 8];
	size_t mask_count;
};

/* Bytes in the value of register `id`. */
size_t register_size(uint64_t id);

/* Opens /dev/kvm or ends the program with a message. */
void kvm_open(struct kvm *kvm);
void kvm_close(struct kvm *kvm);

/* Required features of `set` that the host does not offer, as bits; 0 if it offers all. */
unsigned kvm_missing(const struct kvm *kvm, const struct feature_set *set);

/* Reads a new vCPU with `set`, which must not miss anything, or ends the program with a message. */
void vcpu_read(const struct kvm *kvm, const struct feature_set *set, struct vcpu_state *state);
void vcpu_free(struct vcpu_state *state);

/* The vCPU's MIDR_EL1; false if it is not in the list. */
bool vcpu_midr(const struct vcpu_state *state, uint64_t *midr);

/*
 * ID_AA64MMFR2_EL1.NV of the hardware, found out on a vCPU of its own; false if KVM does not show
 * the register. Linux hides the field from programs and, since 6.16, from guests; but KVM still
 * takes the hardware's own value when it is written, and refuses every other but 0.
 */
bool kvm_hardware_nv(const struct kvm *kvm, unsigned *nv);

#endif
