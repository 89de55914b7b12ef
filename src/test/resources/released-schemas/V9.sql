update host_version set names = 'node-1 other-1', qemu = '10.1.0', x_mig_properties = false, cpu = 'host';
insert into host_sighting (name, seen_at, kernel, change_number) values
('host-1', TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:15.281636+00:00', '6.12.107+deb13-arm64', 1);
