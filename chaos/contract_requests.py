"""Requests drawn at random from the contract that a running service gives: right, odd and broken ones.

What is right is made of the schemas, their examples, and the names and ids that the service has answered so far; odd is what
has a form but makes no sense; broken has none. Everything follows from one random.Random, and so from its seed.
"""
import gzip
import http.client
import json
import time
import urllib.parse

ODD = [
    None, True, -1, 0, 1, 2 ** 31, 2 ** 63, -2 ** 63, 10 ** 400, 0.1, 1e308, "", " ", "0", "-1", "null", "NaN", "*", "%", "%00",
    "\u0000", "\u2028", "\ud800", "\u202eabc", "a\nb", "a\r\nX-Odd: 1", "'", "\"", "\\", "<b>&amp;</b>", "${jndi:x}", "#{1+1}",
    "../../etc/passwd", "ä" * 300, "x" * 5000, "😀" * 40, "0x", "0x" + "f" * 40, "0x603000000013c103", "S3_0_C2_C0_3", "virt-10.1",
    ">=6.1", ">=6.1 <5.0 || *", "(" * 200, "6.12.107+deb13-arm64", "9999999999.1", "2026-02-30T25:61:61Z",
    "+1000000000-01-01T00:00:00Z", "sha256:" + "0" * 64, [], {}, [[]], [None], {"": ""}, {"a": {"a": {"a": 1}}}, [1] * 500]

KINDS = {"right": 0.5, "odd": 0.35, "broken": 0.15}

LOGS = [
    "qemu-system-aarch64: Invalid value 275 expecting positive value <= 274",
    "qemu-system-aarch64: error while loading state for instance 0x0 of device 'cpu'\nload of migration failed: Invalid argument",
    "2026-01-01 10:00:00.000+0000: shutting down, reason=failed\nunexpected register 0x603000000013c103 in input stream",
    "fail migration"]

TEXTS = [
    "0x603000000013c103\n0x6030000000138012\n", "-machine virt-10.1 -global arm-cpu.x-mig-hidden-regs=0x6030000000160003",
    "<domain type='kvm'><name>a</name><os><type arch='aarch64' machine='virt-10.1'>hvm</type></os></domain>",
    "{ TYPE_ARM_CPU, \"x-mig-hidden-regs\", \"0x6030000000160003\" },", "formatVersion: 1\nmachineTypes: []\n"]

# What no example says, for fields and parameters of these names.
SENSIBLE = {
    "stream": ["upstream", "el9", "el10", "debian", "any"], "range": ["*", ">=6.1", ">=6.12 <7.0", ">=5.14.0-570"],
    "register": ["TCR2_EL1", "0x603000000013c103", "KVM_REG_ARM_VENDOR_HYP_BMAP_2"], "consent": [True],
    "cpu": ["host", "host,pmu=off"], "form": ["command-line", "qemu-source", "libvirt-xml", "tolerances"]}

# What nobody asks for every few milliseconds, by how much less often it is asked for than others.
RARELY = {"makeBackup": 0.02, "getMatrix": 0.3, "planUpgrade": 0.3, "assessImpact": 0.3, "getDraftImpact": 0.3}


class Request:
    def __init__(self, operation, kind, method, path, headers, body):
        self.operation, self.kind, self.method, self.path = operation, kind, method, path
        self.headers, self.body = headers, body

    def text(self):
        body = self.body if self.body is None or len(self.body) <= 400 else self.body[:400] + b"..."
        return f"{self.method} {self.path[:600]} {({k: v[:80] for k, v in self.headers.items()})} {body!r}"


class Answer:
    def __init__(self, status, headers, body, seconds):
        self.status, self.headers, self.body, self.seconds = status, headers, body, seconds

    def problem(self):
        try:
            return json.loads(self.body).get("type", "?").rsplit("/", 1)[-1]
        except (ValueError, AttributeError):
            return "?"


class Connection:
    """One client's; made anew where the service has closed it."""

    def __init__(self, port, token):
        self.port, self.token, self.http = port, token, None

    def send(self, method, path, headers=None, body=None):
        began = time.monotonic()
        for attempt in (1, 2):
            fresh = self.http is None
            try:
                if fresh:
                    self.http = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
                self.http.putrequest(method, path, skip_accept_encoding=True)
                for name, value in {"Authorization": "Bearer " + self.token, **(headers or {})}.items():
                    self.http.putheader(name, value.encode("utf-8", "replace"))
                if body is not None:
                    self.http.putheader("Content-Length", str(len(body)))
                self.http.endheaders()
                self.send_body(body)
                answer = self.http.getresponse()
                content = answer.read()
                if answer.getheader("Connection") == "close":
                    self.close()
                return Answer(answer.status, dict(answer.getheaders()), content, time.monotonic() - began)
            except (OSError, http.client.HTTPException):
                self.close()
                # One that was kept may have been closed while the request was on its way.
                if fresh or attempt == 2:
                    raise
        raise AssertionError

    def send_body(self, body):
        if body is not None:
            try:
                self.http.send(body)
            except (BrokenPipeError, ConnectionResetError):
                # Refused for its headers, before the body was wanted: the answer is there.
                pass

    def close(self):
        if self.http is not None:
            self.http.close()
        self.http = None


class Known:
    """Names and ids that the service has, by the names of the parameters and fields that take them."""

    def __init__(self):
        self.values, self.texts = {}, list(TEXTS)

    def learn(self, connection):
        def get(path):
            answer = connection.send("GET", path)
            return json.loads(answer.body) if answer.status == 200 else {}

        def items(path, name):
            return [item[name] for item in get(path).get("items", []) if name in item]

        captures = get("/api/v1/captures?limit=200").get("items", [])
        machine_types = items("/api/v1/machine-types?limit=200", "name")
        newest = int(connection.send("GET", "/api/v1/machine-types?limit=1").headers.get("X-Migreg-Revision", 0))
        self.values = {
            **SENSIBLE, "capture": [each["id"] for each in captures],
            "kernel": [each["kernel"]["release"] for each in captures if isinstance(each.get("kernel"), dict)
                       and "release" in each["kernel"]],
            "cpuModel": sorted({each["cpuModel"] for each in captures if each.get("cpuModel")}),
            "machineType": machine_types, "host": items("/api/v1/hosts?limit=100", "name"),
            "drafts": items("/api/v1/drafts?limit=100", "name"),
            "expectations": items("/api/v1/expectations?limit=100", "id"),
            "samples": items("/api/v1/unread-samples?limit=100", "id"),
            "revision": list(range(max(0, newest - 30), newest + 1)) + [1, 2, 3],
            "entries": [(name, entry) for name in machine_types[-8:]
                        for entry in items(f"/api/v1/machine-types/{name}/entries?limit=5", "id")]}
        for other, name in (("a", "capture"), ("b", "capture"), ("sourceKernel", "kernel"), ("destinationKernel", "kernel"),
                            ("from", "revision"), ("to", "revision"), ("number", "revision"), ("inherits", "machineType"),
                            ("source", "capture"), ("destination", "capture"), ("kernels", "kernel")):
            self.values.setdefault(other, self.values[name])
        more = [connection.send("GET", f"/api/v1/captures/{each['id']}/export") for each in captures[:2]]
        more.append(connection.send("GET", "/api/v1/tables?format=yaml"))
        self.texts = TEXTS + [each.body.decode() for each in more if each.status == 200]


class Contract:
    def __init__(self, document):
        self.document = document
        self.operations = [
            {**operation, "path": path, "method": method.upper()}
            for path, operations in document["paths"].items()
            for method, operation in operations.items() if method in ("get", "put", "post", "delete")]

    def at(self, schema):
        while "$ref" in schema:
            place = self.document
            for step in schema["$ref"][2:].split("/"):
                place = place[step]
            schema = place
        return schema


class Drawing:
    def __init__(self, contract, known, random, kinds=None, operations=None):
        self.contract, self.known, self.random = contract, known, random
        self.kinds = kinds or KINDS
        self.operations = [each for each in contract.operations if not operations or each["operationId"] in operations]
        self.weights = [RARELY.get(each["operationId"], 1) for each in self.operations]

    def request(self):
        operation = self.random.choices(self.operations, self.weights)[0]
        kind = self.random.choices(list(self.kinds), self.kinds.values())[0]
        # Of what a request has, one thing or another is odd; were it all, only the first would be looked at.
        self.oddness = {"right": 0.0, "odd": 0.25, "broken": 0.1}[kind]
        path, query, headers = self.path(operation), [], {}
        for parameter in map(self.contract.at, operation.get("parameters", [])):
            name, place = parameter["name"], parameter["in"]
            if place == "query" and (parameter.get("required") or self.random.random() < 0.3):
                value = self.value(parameter, name)
                query += [(name, each) for each in (value if isinstance(value, list) else [value])]
            elif place == "header" and (self.random.random() < 0.3 or name == "If-Match" and self.oddness == 0):
                headers[name] = self.header(name, parameter)
        if self.is_odd():
            query.append((self.random.choice(["", "noSuchThing", "limit", "a[0]", "dryRun"]), self.random.choice(ODD)))
        if query:
            path += "?" + "&".join(quoted(name) + "=" + quoted(value) for name, value in query)
        if self.is_odd():
            headers["Accept"] = self.random.choice(["image/png", "*/*", "nonsense", "text/html", "", "application/json;q=x"])
        body = self.body(operation, headers)
        method = operation["method"]
        if kind == "broken":
            path, body = self.broken(path, body, headers)
        return Request(operation, kind, method, path, headers, body)

    def is_odd(self):
        return self.random.random() < self.oddness

    def path(self, operation):
        path = operation["path"]
        if "/entries/{id}" in path and self.known.values.get("entries") and not self.is_odd():
            name, entry = self.random.choice(self.known.values["entries"])
            return path.replace("{name}", quoted(name)).replace("{id}", quoted(entry))
        for parameter in map(self.contract.at, operation.get("parameters", [])):
            if parameter["in"] != "path":
                continue
            name = parameter["name"]
            if operation["operationId"] == "putHost" and self.random.random() < 0.5:
                return path.replace("{name}", f"host-{self.random.randint(1, 300)}")
            part = path.split("/")[3] if path.count("/") > 2 else ""
            known = {"machine-types": "machineType", "captures": "capture", "hosts": "host", "drafts": "drafts",
                     "expectations": "expectations", "unread-samples": "samples"}.get(part, name)
            value = self.value(parameter, known if name in ("id", "name", "a", "b") else name)
            path = path.replace("{" + name + "}", quoted(value) or "-")
        return path

    def header(self, name, parameter):
        if name == "X-Migreg-Min-Revision" and not self.is_odd():
            return str(self.random.choice(self.known.values.get("revision") or [0]))
        if name == "If-Match" and not self.is_odd():
            return self.random.choice(["*"] * 3 + ['"1"'])
        if self.oddness == 0:
            return self.random.choice(["alice", "a reason", "Zoë"])
        return str(self.value(parameter, name)).replace("\n", " ").replace("\r", " ").replace("\0", " ")

    def value(self, schema, name):
        """A value that a schema or a parameter describes."""
        if self.is_odd():
            return self.random.choice(ODD)
        schema = self.contract.at(schema)
        known = self.known.values.get(name)
        if known and "properties" not in schema and schema.get("type") != "array" and self.random.random() < 0.8:
            return self.random.choice(known)
        if "example" in schema and self.random.random() < 0.7:
            return schema["example"]
        if "schema" in schema:
            return self.value(schema["schema"], name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice([each for each in schema["enum"] if each is not None])
        for one in ("oneOf", "anyOf"):
            if one in schema:
                return self.one_of(schema, schema[one], name)
        types = schema.get("type", "object" if "properties" in schema else "string")
        type_ = next((each for each in types if each != "null"), "string") if isinstance(types, list) else types
        if type_ == "object":
            return self.object(schema)
        if type_ == "array":
            return [self.value(schema.get("items", {}), name) for _ in range(self.random.choice([1, 1, 2, 3]))]
        if type_ == "boolean":
            return self.random.random() < 0.5
        if type_ in ("integer", "number"):
            least = schema.get("minimum", 0)
            return self.random.choice([least, least + 1, least + 2, schema.get("maximum", 1000)])
        return self.random.choice(["word-" + str(self.random.randint(1, 40))] * 8 + [LOGS[0], "0x603000000013c103", "*"])

    def one_of(self, schema, choices, name):
        choice = self.random.choice([each for each in choices if each.get("type") != "null"])
        value = self.value(choice, name)
        discriminator = schema.get("discriminator")
        if discriminator and isinstance(value, dict):
            for word, reference in discriminator.get("mapping", {}).items():
                if reference == choice.get("$ref"):
                    value[discriminator["propertyName"]] = word
        return value

    def object(self, schema):
        required = schema.get("required", [])
        value = {}
        if "name" in schema.get("properties", {}) and self.random.random() < 0.8 and not self.is_odd():
            value["name"] = "name-" + str(self.random.randint(1, 2000))
        for name, each in schema.get("properties", {}).items():
            if name not in value and (name in required or self.random.random() < 0.3):
                value[name] = self.value(each, name)
        if "table" in value and self.random.random() < 0.7:
            value.pop("table"), value.pop("prune", None)
        # A side is known by one of these alone.
        only = [name for name in ("host", "capture", "registers", "kernel") if name in value and "vcpuFeatureSet" in schema["properties"]]
        if only and not self.is_odd():
            value = {name: each for name, each in value.items() if name in (only[0], "loadBehaviour")}
        if self.is_odd():
            value[self.random.choice(["", "unknown", "__proto__", *list(value)[:1]])] = self.random.choice(ODD)
        if self.oddness and value and self.is_odd():
            del value[self.random.choice(list(value))]
        return value

    def body(self, operation, headers):
        content = self.contract.at(operation.get("requestBody", {})).get("content")
        if not content:
            return b"{}" if self.is_odd() else None
        type_ = self.random.choice(list(content))
        headers["Content-Type"] = type_
        schema = content[type_].get("schema", {})
        is_json = type_ == "application/json"
        if is_json and (schema or operation["operationId"] not in ("addCapture", "importTable", "applyTable")):
            return as_json(self.value(schema, "body"))
        text = self.random.choice(self.known.texts + (LOGS if "diagnose" == operation["operationId"] else []))
        body = text.encode()
        if type_ == "multipart/form-data":
            headers["Content-Type"] += "; boundary=XX"
            return b"--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" + body + b"\r\n--XX--\r\n"
        return gzip.compress(body, mtime=0) if "gzip" in type_ else body

    def broken(self, path, body, headers):
        how = self.random.randrange(9)
        if body is None or how == 0:
            path += self.random.choice(["%", "%zz", "%FF", "%00", ";a=b", "//", "/..", "?%FF=1", "?a=%C3%28", "?&&=&"])
            return path, body
        if how == 1:
            return path, body[:self.random.randrange(len(body) + 1)]
        if how == 2:
            headers["Content-Type"] = self.random.choice(["text/html", "application/xml", "nonsense", "application/json;charset=x",
                                                          "multipart/form-data", "application/x-www-form-urlencoded", "*/*"])
            return path, body
        if how == 3:
            return path, self.random.choice([b"[" * 20000, b'{"a":' * 20000, b"\xef\xbb\xbf" + body, b"\xff\xfe" + body, b"null", b"1",
                                             b'"a"', b"[]", b"{}", b"{} {}", b"\0" * 100, b"1e999999999", b"<" * 5000])
        if how == 4:
            headers["Content-Encoding"] = self.random.choice(["gzip", "br", "nonsense"])
            return path, body
        if how == 5:
            headers[self.random.choice(["If-Match", "If-None-Match", "X-Migreg-Min-Revision", "X-Migreg-Author", "Accept", "Range",
                                        "Expect", "Origin"])] = self.random.choice(["\"", "W/", "*", "-", "9" * 30, "ä", "bytes=0-1"])
            return path, body
        changed = bytearray(body)
        for _ in range(self.random.randint(1, 8)):
            if changed:
                changed[self.random.randrange(len(changed))] = self.random.randrange(256)
        return path, bytes(changed)


def as_json(value):
    # "surrogatepass" would fail to encode; escapes let halves of characters through.
    return json.dumps(value).encode("ascii")


def quoted(value):
    if isinstance(value, bool):
        value = str(value).lower()
    text = value if isinstance(value, str) else str(value)[:3000] if not isinstance(value, (list, dict)) else json.dumps(value)
    return urllib.parse.quote(text.encode("utf-8", "replace"), safe="")
