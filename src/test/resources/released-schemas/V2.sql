insert into revision (number, made_at, author, reason, kind) values
(1, TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:11.357187+00:00', 'alice', 'begin', 'TABLES'),
(2, TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:13.066558+00:00', 'alice', 'it was 6.13', 'TABLES');
insert into machine_type_version (name, valid_from, valid_to, architecture, inherits_from, description) values
('virt-10.0', 1, NULL, 'aarch64', NULL, 'the older'),
('virt-10.1', 1, NULL, 'aarch64', 'virt-10.0', '');
insert into policy_entry_version (entry_id, valid_from, valid_to, machine_type, property, register_id, kernel_stream, kernel_range, condition_mask, condition_expected, rationale, reference_texts) values
(1, 1, 2, 'virt-10.0', 'x-mig-hidden-regs', '0x603000000013c103', 'upstream', '>=6.16', NULL, NULL, 'exposed from 6.16 on', '["linux c0000e58c74e"]'),
(2, 1, NULL, 'virt-10.1', 'x-mig-safe-missing-regs', '0x6030000000138012', 'upstream', '*', '0xffffffffffffffff', '0x0', 'harmless while 0', '[]'),
(1, 2, NULL, 'virt-10.0', 'x-mig-hidden-regs', '0x603000000013c103', 'upstream', '>=6.13', NULL, NULL, 'exposed from 6.13 on', '[]');
update registry_head set revision = 2, tables_revision = 2;
