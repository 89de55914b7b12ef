insert into revision (number, made_at, author, reason, kind) values
(4, TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:15.419442+00:00', 'alice', 'Host host-1 has another record', 'HOSTS');
insert into host_version (name, valid_from, valid_to, capture_id, begun_at) values
('host-1', 4, NULL, 'sha256:b101fdbdc4291854df7b35a1bbdc6b3366e4b00ef57dddd91b0683eaf9ffaf75', TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:15.419442+00:00');
update registry_head set revision = 4, hosts_revision = 4;
