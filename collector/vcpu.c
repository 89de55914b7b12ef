#include "vcpu.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fail.h"

#ifndef __aarch64__
#error "migreg-collect is for arm64 hosts: make CC=aarch64-linux-gnu-gcc"
#endif

/* Part of KVM's stable interface, but newer than the headers of the oldest distribution served. */
#ifndef KVM_ARM_VCPU_HAS_EL2
#define KVM_ARM_VCPU_HAS_EL2 7
#endif
#ifndef KVM_CAP_COUNTER_OFFSET
#define KVM_CAP_COUNTER_OFFSET 227
#endif
#ifndef KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES
#define KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES 230
#endif
#ifndef KVM_CAP_ARM_WRITABLE_IMP_ID_REGS
#define KVM_CAP_ARM_WRITABLE_IMP_ID_REGS 239
#endif
#ifndef KVM_CAP_ARM_EL2
#define KVM_CAP_ARM_EL2 240
#endif
#ifndef KVM_CAP_ARM_EL2_E2H0
#define KVM_CAP_ARM_EL2_E2H0 241
#endif
#ifndef KVM_ARM_GET_REG_WRITABLE_MASKS
struct reg_mask_range {
	__u64 addr;
	__u32 range;
	__u32 reserved[13];
};
#define KVM_ARM_GET_REG_WRITABLE_MASKS _IOR(KVMIO, 0xb6, struct reg_mask_range)
#endif

#define BIT_OF(feature) (1u << (feature))

/* What `-cpu host` turns on without being asked: target/arm/kvm.c of QEMU. */
#define QEMU_HOST                                                                                  \
	(BIT_OF(FEATURE_PMU_V3) | BIT_OF(FEATURE_SVE) | BIT_OF(FEATURE_PTRAUTH_ADDRESS) |          \
	 BIT_OF(FEATURE_PTRAUTH_GENERIC))

const struct feature_set feature_sets[] = {
    {"psci", "PSCI 0.2 alone: -cpu host,pmu=off,sve=off,pauth=off", BIT_OF(FEATURE_PSCI_0_2), 0},
    {"psci+pmu", "PSCI 0.2 and PMUv3: -cpu host,sve=off,pauth=off",
     BIT_OF(FEATURE_PSCI_0_2) | BIT_OF(FEATURE_PMU_V3), 0},
    {"qemu-host", "-cpu host: PMUv3, SVE and pointer authentication where the host has them",
     BIT_OF(FEATURE_PSCI_0_2), QEMU_HOST},
    {"qemu-host+mte", "-cpu host with -M virt,mte=on",
     BIT_OF(FEATURE_PSCI_0_2) | BIT_OF(FEATURE_MTE), QEMU_HOST},
    {"qemu-host+el2", "-cpu host with -M virt,virtualization=on (nested virtualization)",
     BIT_OF(FEATURE_PSCI_0_2) | BIT_OF(FEATURE_EL2), QEMU_HOST},
};
const size_t feature_set_count = sizeof feature_sets / sizeof feature_sets[0];

/* `vcpu_bit` is the bit in kvm_vcpu_init; MTE has none, it is a capability of the VM. */
static const struct {
	const char *name;
	int capability;
	int vcpu_bit;
} features[FEATURE_COUNT] = {
    [FEATURE_PSCI_0_2] = {"psci-0.2", KVM_CAP_ARM_PSCI_0_2, KVM_ARM_VCPU_PSCI_0_2},
    [FEATURE_PMU_V3] = {"pmu-v3", KVM_CAP_ARM_PMU_V3, KVM_ARM_VCPU_PMU_V3},
    [FEATURE_SVE] = {"sve", KVM_CAP_ARM_SVE, KVM_ARM_VCPU_SVE},
    [FEATURE_PTRAUTH_ADDRESS] = {"ptrauth-address", KVM_CAP_ARM_PTRAUTH_ADDRESS,
                                 KVM_ARM_VCPU_PTRAUTH_ADDRESS},
    [FEATURE_PTRAUTH_GENERIC] = {"ptrauth-generic", KVM_CAP_ARM_PTRAUTH_GENERIC,
                                 KVM_ARM_VCPU_PTRAUTH_GENERIC},
    [FEATURE_MTE] = {"mte", KVM_CAP_ARM_MTE, -1},
    [FEATURE_EL2] = {"el2", KVM_CAP_ARM_EL2, KVM_ARM_VCPU_HAS_EL2},
};

/* Those that decide which registers a vCPU has, or what may be written to them. */
#define CAPABILITY(name) {#name, name, 0}
static struct capability capabilities[] = {
    CAPABILITY(KVM_CAP_ARM_EL1_32BIT),
    CAPABILITY(KVM_CAP_ARM_EL2),
    CAPABILITY(KVM_CAP_ARM_EL2_E2H0),
    CAPABILITY(KVM_CAP_ARM_MTE),
    CAPABILITY(KVM_CAP_ARM_PMU_V3),
    CAPABILITY(KVM_CAP_ARM_PSCI_0_2),
    CAPABILITY(KVM_CAP_ARM_PTRAUTH_ADDRESS),
    CAPABILITY(KVM_CAP_ARM_PTRAUTH_GENERIC),
    CAPABILITY(KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES),
    CAPABILITY(KVM_CAP_ARM_SVE),
    CAPABILITY(KVM_CAP_ARM_SYSTEM_SUSPEND),
    CAPABILITY(KVM_CAP_ARM_VM_IPA_SIZE),
    CAPABILITY(KVM_CAP_ARM_WRITABLE_IMP_ID_REGS),
    CAPABILITY(KVM_CAP_COUNTER_OFFSET),
    CAPABILITY(KVM_CAP_GUEST_DEBUG_HW_BPS),
    CAPABILITY(KVM_CAP_GUEST_DEBUG_HW_WPS),
    CAPABILITY(KVM_CAP_STEAL_TIME),
};

/* KVM's largest VM without a size asked for: 40 bits of guest physical address. */
enum { DEFAULT_IPA_BITS = 40 };

#define SYSTEM_REGISTER(op0, op1, crn, crm, op2)                                                   \
	(KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM64_SYSREG | (uint64_t)(op0) << 14 |         \
	 (uint64_t)(op1) << 11 | (uint64_t)(crn) << 7 | (uint64_t)(crm) << 3 | (uint64_t)(op2))

#define MIDR_EL1 SYSTEM_REGISTER(3, 0, 0, 0, 0)
#define ID_AA64MMFR2_EL1 SYSTEM_REGISTER(3, 0, 0, 7, 2)
enum { NV_SHIFT = 24, NV_MAX = 15 };

const char *feature_name(enum vcpu_feature feature) { return features[feature].name; }

size_t register_size(uint64_t id)
{
	return (size_t)1 << ((id & KVM_REG_SIZE_MASK) >> KVM_REG_SIZE_SHIFT);
}

static int check_extension(int fd, int capability)
{
	int value = ioctl(fd, KVM_CHECK_EXTENSION, (long)capability);
	return value < 0 ? 0 : value;
}

void kvm_open(struct kvm *kvm)
{
	kvm->fd = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm->fd < 0) {
		if (errno == EACCES || errno == EPERM)
			fail(EXIT_PERMISSION,
			     "no permission to open /dev/kvm: run as root or as a member of the "
			     "group that owns it (often kvm)");
		if (errno == ENOENT || errno == ENXIO || errno == ENODEV)
			fail(EXIT_NO_KVM,
			     "there is no /dev/kvm (%s): the kernel was booted at EL1, or without "
			     "KVM, or this container was not given the device",
			     strerror(errno));
		fail(EXIT_KVM, "cannot open /dev/kvm: %s", strerror(errno));
	}
	int version = ioctl(kvm->fd, KVM_GET_API_VERSION, 0L);
	if (version < 0)
		fail(EXIT_NO_KVM, "/dev/kvm does not answer as KVM does: %s", strerror(errno));
	if (version != KVM_API_VERSION)
		fail(EXIT_KVM, "KVM has API version %d, expected %d", version, KVM_API_VERSION);

	kvm->offered = 0;
	for (unsigned feature = 0; feature < FEATURE_COUNT; feature++)
		if (check_extension(kvm->fd, features[feature].capability) > 0)
			kvm->offered |= BIT_OF(feature);

	kvm->capabilities = capabilities;
	kvm->capability_count = sizeof capabilities / sizeof capabilities[0];
	for (size_t i = 0; i < kvm->capability_count; i++)
		capabilities[i].value = check_extension(kvm->fd, capabilities[i].number);
}

void kvm_close(struct kvm *kvm) { close(kvm->fd); }

unsigned kvm_missing(const struct kvm *kvm, const struct feature_set *set)
{
	return set->required & ~kvm->offered;
}

struct vcpu {
	int vm;
	int fd;
};

static struct vcpu vcpu_create(const struct kvm *kvm, const struct feature_set *set)
{
	unsigned wanted = set->required | (set->optional & kvm->offered);
	struct vcpu vcpu;

	/* Hosts with fewer than 40 bits refuse the default size. */
	int ipa_bits = check_extension(kvm->fd, KVM_CAP_ARM_VM_IPA_SIZE);
	unsigned long type = 0;
	if (ipa_bits > 0 && ipa_bits < DEFAULT_IPA_BITS)
		type = KVM_VM_TYPE_ARM_IPA_SIZE((unsigned long)ipa_bits);
	vcpu.vm = ioctl(kvm->fd, KVM_CREATE_VM, type);
	if (vcpu.vm < 0)
		fail(EXIT_KVM, "feature set %s: KVM_CREATE_VM: %s", set->name, strerror(errno));

	if (wanted & BIT_OF(FEATURE_MTE)) {
		struct kvm_enable_cap enable = {.cap = KVM_CAP_ARM_MTE};
		if (ioctl(vcpu.vm, KVM_ENABLE_CAP, &enable) != 0)
			fail(EXIT_KVM, "feature set %s: enabling KVM_CAP_ARM_MTE: %s", set->name,
			     strerror(errno));
	}

	vcpu.fd = ioctl(vcpu.vm, KVM_CREATE_VCPU, 0L);
	if (vcpu.fd < 0)
		fail(EXIT_KVM, "feature set %s: KVM_CREATE_VCPU: %s", set->name, strerror(errno));

	struct kvm_vcpu_init init;
	memset(&init, 0, sizeof init);
	if (ioctl(vcpu.vm, KVM_ARM_PREFERRED_TARGET, &init) != 0)
		fail(EXIT_KVM, "feature set %s: KVM_ARM_PREFERRED_TARGET: %s", set->name,
		     strerror(errno));
	for (unsigned feature = 0; feature < FEATURE_COUNT; feature++)
		if ((wanted & BIT_OF(feature)) && features[feature].vcpu_bit >= 0)
			init.features[0] |= 1u << features[feature].vcpu_bit;
	if (ioctl(vcpu.fd, KVM_ARM_VCPU_INIT, &init) != 0)
		fail(EXIT_KVM, "feature set %s: KVM_ARM_VCPU_INIT with features 0x%x: %s",
		     set->name, init.features[0], strerror(errno));

	if (wanted & BIT_OF(FEATURE_SVE)) {
		int sve = KVM_ARM_VCPU_SVE;
		if (ioctl(vcpu.fd, KVM_ARM_VCPU_FINALIZE, &sve) != 0)
			fail(EXIT_KVM, "feature set %s: KVM_ARM_VCPU_FINALIZE of SVE: %s",
			     set->name, strerror(errno));
	}
	return vcpu;
}

static void vcpu_close(struct vcpu vcpu)
{
	close(vcpu.fd);
	close(vcpu.vm);
}

static bool get_register(int fd, uint64_t id, void *value)
{
	struct kvm_one_reg request = {.id = id, .addr = (uintptr_t)value};
	return ioctl(fd, KVM_GET_ONE_REG, &request) == 0;
}

static bool set_register(int fd, uint64_t id, uint64_t value)
{
	struct kvm_one_reg request = {.id = id, .addr = (uintptr_t)&value};
	return ioctl(fd, KVM_SET_ONE_REG, &request) == 0;
}

static struct kvm_reg_list *get_register_list(int fd, const char *set_name)
{
	/* Too small a list is refused with E2BIG, and n set to what it takes. */
	struct kvm_reg_list probe = {.n = 0};
	if (ioctl(fd, KVM_GET_REG_LIST, &probe) == 0 || errno != E2BIG)
		fail(EXIT_KVM, "feature set %s: KVM_GET_REG_LIST did not tell its length: %s",
		     set_name, strerror(errno));
	struct kvm_reg_list *list = malloc(sizeof *list + probe.n * sizeof list->reg[0]);
	if (list == NULL)
		fail(EXIT_KVM, "out of memory for %llu registers", (unsigned long long)probe.n);
	list->n = probe.n;
	if (ioctl(fd, KVM_GET_REG_LIST, list) != 0)
		fail(EXIT_KVM, "feature set %s: KVM_GET_REG_LIST: %s", set_name, strerror(errno));
	return list;
}

/*
 * The mask array covers op0 3, op1 0, 1, 3, CRn 0, CRm 0..7, op2 0..7, in this order
 * (Documentation/virt/kvm/api.rst of Linux, KVM_ARM_GET_REG_WRITABLE_MASKS).
 */
static void get_writable_masks(const struct kvm *kvm, int vm, struct vcpu_state *state,
                               const char *set_name)
{
	static const unsigned op1_at[] = {0, 1, 3};
	uint64_t masks[3 * 8 * 8] = {0};

	state->mask_count = 0;
	state->has_masks =
	    (check_extension(kvm->fd, KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES) & 1) != 0;
	if (!state->has_masks)
		return;
	struct reg_mask_range request = {.addr = (uintptr_t)masks};
	if (ioctl(vm, KVM_ARM_GET_REG_WRITABLE_MASKS, &request) != 0)
		fail(EXIT_KVM, "feature set %s: KVM_ARM_GET_REG_WRITABLE_MASKS: %s", set_name,
		     strerror(errno));
	for (unsigned i = 0; i < sizeof masks / sizeof masks[0]; i++) {
		if (masks[i] == 0)
			continue;
		state->masks[state->mask_count].id =
		    SYSTEM_REGISTER(3, op1_at[i / 64], 0, i / 8 % 8, i % 8);
		state->masks[state->mask_count].mask = masks[i];
		state->mask_count++;
	}
}

void vcpu_read(const struct kvm *kvm, const struct feature_set *set, struct vcpu_state *state)
{
	struct vcpu vcpu = vcpu_create(kvm, set);
	struct kvm_reg_list *list = get_register_list(vcpu.fd, set->name);

	state->register_count = list->n;
	state->registers = calloc(list->n, sizeof state->registers[0]);
	if (state->registers == NULL && list->n > 0)
		fail(EXIT_KVM, "out of memory for %llu registers", (unsigned long long)list->n);
	for (size_t i = 0; i < state->register_count; i++) {
		struct vcpu_register *reg = &state->registers[i];
		reg->id = list->reg[i];
		if (register_size(reg->id) > sizeof reg->value)
			fail(EXIT_KVM, "feature set %s: register 0x%016llx has %zu bytes, more than %zu",
			     set->name, (unsigned long long)reg->id, register_size(reg->id),
			     sizeof reg->value);
		reg->readable = get_register(vcpu.fd, reg->id, reg->value);
		if (!reg->readable)
			note("feature set %s: KVM lists register 0x%016llx but does not read it "
			     "(%s); its value is null",
			     set->name, (unsigned long long)reg->id, strerror(errno));
	}
	get_writable_masks(kvm, vcpu.vm, state, set->name);
	free(list);
	vcpu_close(vcpu);
}

void vcpu_free(struct vcpu_state *state) { free(state->registers); }

bool vcpu_midr(const struct vcpu_state *state, uint64_t *midr)
{
	for (size_t i = 0; i < state->register_count; i++)
		if (state->registers[i].id == MIDR_EL1 && state->registers[i].readable) {
			memcpy(midr, state->registers[i].value, sizeof *midr);
			return true;
		}
	return false;
}

bool kvm_hardware_nv(const struct kvm *kvm, unsigned *nv)
{
	struct vcpu vcpu = vcpu_create(kvm, &feature_sets[0]);
	uint64_t shown;
	bool known = get_register(vcpu.fd, ID_AA64MMFR2_EL1, &shown);
	if (known) {
		*nv = (unsigned)(shown >> NV_SHIFT) & NV_MAX;
		for (unsigned value = 1; *nv == 0 && value <= NV_MAX; value++)
			if (set_register(vcpu.fd, ID_AA64MMFR2_EL1,
			                 shown | (uint64_t)value << NV_SHIFT))
				*nv = value;
	}
	vcpu_close(vcpu);
	return known;
}
