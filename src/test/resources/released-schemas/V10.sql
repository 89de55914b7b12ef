insert into unread_sample (id, kept_at, kept_by, masked, note, log) values
(1, TIMESTAMP WITH TIME ZONE '2026-11-29 20:29:19.226035+00:00', 'alice', TRUE, '', 'a log that nobody understands');
alter sequence unread_sample_id restart with 2;
