insert into account (name, role, machine_types, hosts, speaks_for_others, description, created_at, created_by, version) values
('alice', 'EDITOR', null, null, false, 'edits', TIMESTAMP WITH TIME ZONE '2026-11-29 21:14:35.000000+00:00', 'admin', 1);
update access_state set version = 1;
