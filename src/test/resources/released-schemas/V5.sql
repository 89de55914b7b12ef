insert into draft (name, version, description, base_revision, created_by, created_at, changed_by, changed_at, published_as) values
('draft-1', 1, '', 2, 'alice', TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:17.397723+00:00', 'alice', TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:17.397723+00:00', NULL);
insert into draft_edit (draft_name, position, edit) values
('draft-1', 0, '{"op":"putMachineType","name":"virt-11.0","architecture":"aarch64","inheritsFrom":null,"description":""}');
alter sequence draft_version restart with 2;
