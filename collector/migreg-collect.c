/* Prints the register lists and values that this host's KVM gives its guests; see README.md. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "fail.h"
#include "qemu.h"

static const char help[] =
    "Usage: migreg-collect [OPTION]...\n"
    "Print, as JSON, every register and value that this arm64 host's KVM gives a new vCPU.\n"
    "\n"
    "Without --feature-set: an array with one document for each feature set the host offers.\n"
    "\n"
    "  --feature-set NAME   print one document, for this feature set\n"
    "  --list-feature-sets  print the names of the feature sets and what QEMU uses them for\n"
    "  --cpu-model NAME     the CPU's name in the documents (default: from MIDR, else \"host\")\n"
    "  --package TEXT       the kernel's package (default: what uname -v tells)\n"
    "  --host-record        print the kernel and QEMU of this host, for its record; needs no KVM\n"
    "  --qemu PATH          ask this QEMU (default for --host-record: where distributions put it);\n"
    "                       documents say its version, too\n"
    "  --help               print this\n"
    "\n"
    "Exit code: 0 success, 1 KVM or the output failed, 2 wrong usage, 3 not an arm64 host,\n"
    "4 no /dev/kvm, 5 no permission for /dev/kvm, 6 feature set not offered by this host.\n"
    "\n"
    "To send it to a migreg server:\n"
    "  migreg-collect | curl --fail-with-body -H 'Content-Type: application/json' \\\n"
    "      --data-binary @- https://MIGREG/api/v1/captures\n";

struct options {
	const struct feature_set *feature_set; /* NULL: all */
	const char *cpu_model;                 /* NULL: from MIDR */
	const char *package;                   /* NULL: from uname -v */
	const char *qemu;                      /* NULL: for a record the one that is found */
	bool host_record;
};

static const struct feature_set *feature_set_named(const char *name)
{
	for (size_t i = 0; i < feature_set_count; i++)
		if (strcmp(feature_sets[i].name, name) == 0)
			return &feature_sets[i];
	fail(EXIT_USAGE, "--feature-set: \"%s\" is none of those that --list-feature-sets prints",
	     name);
}

static const char *label(const char *option, const char *text)
{
	if (*text == '\0')
		fail(EXIT_USAGE, "%s: must not be empty", option);
	for (const char *c = text; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			fail(EXIT_USAGE, "%s: position %td: only printable ASCII is allowed", option,
			     c - text);
	if (strlen(text) >= HOST_TEXT_SIZE)
		fail(EXIT_USAGE, "%s: %zu characters, at most %d are allowed", option, strlen(text),
		     HOST_TEXT_SIZE - 1);
	return text;
}

/* A full disk or a closed pipe must not look like success. */
static void finish_output(void)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		fail(EXIT_KVM, "writing the output: %s", strerror(errno));
}

static void parse_options(int argc, char **argv, struct options *options)
{
	enum { FEATURE_SET = 256, LIST, CPU_MODEL, PACKAGE, HOST_RECORD, QEMU, HELP };
	static const struct option table[] = {
	    {"feature-set", required_argument, NULL, FEATURE_SET},
	    {"list-feature-sets", no_argument, NULL, LIST},
	    {"cpu-model", required_argument, NULL, CPU_MODEL},
	    {"package", required_argument, NULL, PACKAGE},
	    {"host-record", no_argument, NULL, HOST_RECORD},
	    {"qemu", required_argument, NULL, QEMU},
	    {"help", no_argument, NULL, HELP},
	    {NULL, 0, NULL, 0},
	};
	int option;
	while ((option = getopt_long(argc, argv, "", table, NULL)) != -1) {
		switch (option) {
		case FEATURE_SET:
			options->feature_set = feature_set_named(optarg);
			break;
		case LIST:
			for (size_t i = 0; i < feature_set_count; i++)
				printf("%-15s%s\n", feature_sets[i].name, feature_sets[i].meaning);
			finish_output();
			exit(EXIT_OK);
		case CPU_MODEL:
			options->cpu_model = label("--cpu-model", optarg);
			break;
		case PACKAGE:
			options->package = label("--package", optarg);
			break;
		case HOST_RECORD:
			options->host_record = true;
			break;
		case QEMU:
			options->qemu = label("--qemu", optarg);
			break;
		case HELP:
			fputs(help, stdout);
			finish_output();
			exit(EXIT_OK);
		default:
			fail(EXIT_USAGE, "see --help");
		}
	}
	if (optind < argc)
		fail(EXIT_USAGE, "\"%s\": no operands are taken; see --help", argv[optind]);
}

static void missing_names(unsigned missing, char *names, size_t size)
{
	size_t length = 0;
	names[0] = '\0';
	for (unsigned feature = 0; feature < FEATURE_COUNT; feature++)
		if (missing & 1u << feature && length < size)
			length += (size_t)snprintf(names + length, size - length, "%s%s",
			                           length == 0 ? "" : ", ", feature_name(feature));
}

/* A QEMU that was named must answer; of one that was not found nothing is said. */
static bool read_qemu(const struct options *options, struct qemu *qemu)
{
	if (options->qemu == NULL) {
		if (!options->host_record)
			return false;
		bool found = qemu_find(qemu);
		if (!found)
			note("no QEMU was found that tells its version: name it with --qemu");
		return found;
	}
	if (!qemu_read(options->qemu, qemu))
		fail(EXIT_USAGE, "--qemu: %s --version does not print \"QEMU emulator version ...\"",
		     options->qemu);
	return true;
}

static void write_capture(FILE *out, const struct kvm *kvm, const struct host *host,
                          const struct qemu *qemu, const struct options *options,
                          const struct feature_set *set)
{
	struct vcpu_state state;
	struct capture capture = {
	    .host = host, .feature_set = set, .kvm = kvm, .state = &state, .qemu = qemu};

	vcpu_read(kvm, set, &state);
	capture.midr_known = vcpu_midr(&state, &capture.midr) || host_sysfs_midr(&capture.midr);
	capture.cpu_model = options->cpu_model;
	if (capture.cpu_model == NULL)
		capture.cpu_model = capture.midr_known ? host_cpu_model(capture.midr) : "host";
	capture.nv_known = kvm_hardware_nv(kvm, &capture.nv);
	document_write(out, &capture);
	vcpu_free(&state);
}

int main(int argc, char **argv)
{
	struct options options = {.feature_set = NULL};
	parse_options(argc, argv, &options);

	struct host host;
	char machine[HOST_TEXT_SIZE];
	if (!host_read(&host, machine))
		fail(EXIT_NOT_ARM64, "this is not an arm64 host: uname -m says %s, expected aarch64",
		     machine);
	if (options.package != NULL)
		snprintf(host.package, sizeof host.package, "%s", options.package);

	struct qemu found;
	const struct qemu *qemu = read_qemu(&options, &found) ? &found : NULL;
	if (options.host_record) {
		document_write_record(stdout, &host, qemu);
		finish_output();
		return EXIT_OK;
	}

	struct kvm kvm;
	kvm_open(&kvm);

	/* Nothing is printed before everything is read: a failure leaves no half a document. */
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	if (out == NULL)
		fail(EXIT_KVM, "out of memory");

	const char *separator = "[\n";
	for (size_t i = 0; i < feature_set_count; i++) {
		const struct feature_set *set = &feature_sets[i];
		if (options.feature_set != NULL && options.feature_set != set)
			continue;
		unsigned missing = kvm_missing(&kvm, set);
		if (missing != 0) {
			char names[HOST_TEXT_SIZE];
			missing_names(missing, names, sizeof names);
			if (options.feature_set != NULL)
				fail(EXIT_NOT_OFFERED, "feature set %s: this host's KVM does not offer %s",
				     set->name, names);
			note("feature set %s left out: this host's KVM does not offer %s", set->name,
			     names);
			continue;
		}
		if (options.feature_set == NULL)
			fputs(separator, out);
		write_capture(out, &kvm, &host, qemu, &options, set);
		separator = ",\n";
	}
	if (options.feature_set == NULL) {
		if (*separator == '[')
			fail(EXIT_NOT_OFFERED, "this host's KVM offers none of the feature sets");
		fputs("\n]", out);
	}
	fputc('\n', out);
	if (fclose(out) != 0)
		fail(EXIT_KVM, "out of memory");

	fwrite(text, 1, length, stdout);
	finish_output();
	free(text);
	kvm_close(&kvm);
	return EXIT_OK;
}
