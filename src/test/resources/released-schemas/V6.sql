insert into revision (number, made_at, author, reason, kind) values
(5, TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:18.245031+00:00', 'alice', 'Expect that virt-10.1 must go from upstream/* to upstream/* and back', 'EXPECTATIONS');
insert into expectation_version (expectation_id, valid_from, valid_to, machine_type, from_kernels, to_kernels, cpu_model, back, load_behaviour, tolerances_from_table, source_x_mig_properties, required, description) values
(1, 5, NULL, 'virt-10.1', 'upstream/*', 'upstream/*', NULL, TRUE, 'X_MIG_PROPERTIES', FALSE, TRUE, 'MAY_MIGRATE', '');
update registry_head set revision = 5, expectations_revision = 5;
