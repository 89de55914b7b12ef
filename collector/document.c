#include "document.h"

#include <inttypes.h>

static const char source[] = "KVM_GET_REG_LIST and KVM_GET_ONE_REG of a fresh vCPU";

static void write_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (const char *c = text; *c != '\0'; c++) {
		unsigned char byte = (unsigned char)*c;
		if (byte == '"' || byte == '\\')
			fprintf(out, "\\%c", byte);
		else if (byte < 0x20 || byte > 0x7e)
			fprintf(out, "\\u%04x", byte);
		else
			fputc(byte, out);
	}
	fputc('"', out);
}

static void write_field(FILE *out, const char *name, const char *text)
{
	fprintf(out, " \"%s\": ", name);
	write_text(out, text);
	fputs(",\n", out);
}

/* One number of any width, most significant digit first, without leading zeros. */
static void write_value(FILE *out, const unsigned char *little_endian, size_t size)
{
	while (size > 1 && little_endian[size - 1] == 0)
		size--;
	fprintf(out, "\"0x%x", little_endian[size - 1]);
	for (size_t i = size - 1; i > 0; i--)
		fprintf(out, "%02x", little_endian[i - 1]);
	fputc('"', out);
}

static void write_features(FILE *out, unsigned features)
{
	const char *separator = "\n";
	fputs(" \"vcpuFeatures\": [", out);
	for (unsigned feature = 0; feature < FEATURE_COUNT; feature++)
		if (features & 1u << feature) {
			fprintf(out, "%s  \"%s\"", separator, feature_name(feature));
			separator = ",\n";
		}
	fputs("\n ],\n", out);
}

static void write_capabilities(FILE *out, const struct kvm *kvm)
{
	fputs(" \"kvmCapabilities\": {", out);
	for (size_t i = 0; i < kvm->capability_count; i++)
		fprintf(out, "%s  \"%s\": %d", i == 0 ? "\n" : ",\n", kvm->capabilities[i].name,
		        kvm->capabilities[i].value);
	fputs("\n },\n", out);
}

static void write_masks(FILE *out, const struct vcpu_state *state)
{
	fputs(" \"writableMasks\": [", out);
	for (size_t i = 0; i < state->mask_count; i++)
		fprintf(out, "%s  [\"0x%016" PRIx64 "\", \"0x%016" PRIx64 "\"]", i == 0 ? "\n" : ",\n",
		        state->masks[i].id, state->masks[i].mask);
	fputs("\n ],\n", out);
}

static void write_registers(FILE *out, const struct vcpu_state *state)
{
	fputs(" \"registers\": [", out);
	for (size_t i = 0; i < state->register_count; i++) {
		const struct vcpu_register *reg = &state->registers[i];
		fprintf(out, "%s  [\"0x%016" PRIx64 "\", ", i == 0 ? "\n" : ",\n", reg->id);
		if (reg->readable)
			write_value(out, reg->value, register_size(reg->id));
		else
			fputs("null", out);
		fputc(']', out);
	}
	fputs("\n ]\n", out);
}

void document_write(FILE *out, const struct capture *capture)
{
	fputs("{\n", out);
	write_field(out, "kernelRelease", capture->host->kernel_release);
	write_field(out, "package", capture->host->package);
	write_field(out, "cpuModel", capture->cpu_model);
	if (capture->midr_known)
		fprintf(out, " \"midr\": \"0x%016" PRIx64 "\",\n", capture->midr);
	write_field(out, "accelerator", "kvm");
	if (capture->qemu != NULL)
		write_field(out, "qemu", capture->qemu->version);
	write_field(out, "vcpuFeatureSet", capture->feature_set->name);
	write_features(out, capture->kvm->offered);
	write_field(out, "source", source);
	write_capabilities(out, capture->kvm);
	if (capture->nv_known)
		fprintf(out, " \"hardwareNv\": %u,\n", capture->nv);
	if (capture->state->has_masks)
		write_masks(out, capture->state);
	write_registers(out, capture->state);
	fputc('}', out);
}

void document_write_record(FILE *out, const struct host *host, const struct qemu *qemu)
{
	fputs("{\n", out);
	if (qemu != NULL)
		write_field(out, "qemu", qemu->version);
	if (qemu != NULL && qemu->properties_known)
		fprintf(out, " \"xMigProperties\": %s,\n", qemu->has_properties ? "true" : "false");
	fputs(" \"kernel\": ", out);
	write_text(out, host->kernel_release);
	fputs("\n}\n", out);
}
